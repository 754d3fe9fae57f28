import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { refuseDirectIdentifiers } from './refuse-direct-identifiers.ts';

it.each([
  ['type Person { surname: String }', 'Person.surname'],
  ['type Person { name: String }', 'Person.name'],
  ['type Volunteer { codiceFiscale: String }', 'Volunteer.codiceFiscale'],
  ['type Stay { guestCui: String }', 'Stay.guestCui'],
  ['type Stay { vestanetNumber: String }', 'Stay.vestanetNumber'],
  ['type Person { dateOfBirth: String }', 'Person.dateOfBirth'],
  ['type Facility { contact(email: String): Int }', 'Facility.contact.email'],
  ['input Search { phone: String }', 'Search.phone'],
  ['type HealthEvent { diagnosis: String }', 'HealthEvent.diagnosis'],
  ['type Domicile { address: String }', 'Domicile.address'],
])('a field that identifies a person never enters the graph: %s', (sdl, coordinate) => {
  expect(refuseDirectIdentifiers(parse(sdl))).toEqual([
    `${coordinate} is named like something that identifies a person; no such field may enter the graph`,
  ]);
});

it('lets the names of places and bodies, and categories of registration, pass', () => {
  const sdl = `
    type Municipality { name: String! institutionCount: Int recordedIn: String circuit: String }
    type VolunteerOrganisation { name: String! }
    enum RegistrationKind { STP ENI }
  `;
  expect(refuseDirectIdentifiers(parse(sdl))).toEqual([]);
});
