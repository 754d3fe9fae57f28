import { expect, it } from 'vitest';
import { judgedOf } from '../judge.fixture.ts';
import { findIdentifiers } from './find-identifiers.ts';

const found = (sdl: string) =>
  findIdentifiers(judgedOf(sdl)).map(({ code, coordinate }) => [code, coordinate]);

it.each([
  ['type Person { surname: String }', 'Person.surname'],
  ['type Person { name: String }', 'Person.name'],
  ['type Volunteer { codiceFiscale: String }', 'Volunteer.codiceFiscale'],
  ['type Stay { guestCui: String }', 'Stay.guestCui'],
  ['type Stay { vestanetNumber: String }', 'Stay.vestanetNumber'],
  ['type Person { dateOfBirth: String }', 'Person.dateOfBirth'],
  ['type Facility { contact(email: String): Int }', 'Facility.contact(email:)'],
  ['input Search { phone: String }', 'Search.phone'],
  ['type HealthEvent { diagnosis: String }', 'HealthEvent.diagnosis'],
  ['type Domicile { address: String }', 'Domicile.address'],
  [
    'extend type Query { personBySurname(surname: String): Int }',
    'Query.personBySurname(surname:)',
  ],
])('a field that identifies a person never enters the graph: %s', (sdl, coordinate) => {
  expect(found(sdl)).toEqual([['IDENTIFIER_LIKE_NAME', coordinate]]);
});

it('a key is never made of what identifies a person, however deep in it', () => {
  expect(
    found('type Person @key(fields: "id") @key(fields: "card { codiceFiscale }") { id: ID }'),
  ).toEqual([['KEY_NOT_OPAQUE', 'Person']]);
});

it('lets the names of places and bodies, and categories of registration, pass', () => {
  const sdl = `
    type Municipality { name: String! institutionCount: Int recordedIn: String circuit: String }
    type VolunteerOrganisation { name: String! }
    enum RegistrationKind { STP ENI }
  `;
  expect(found(sdl)).toEqual([]);
});
