import { type DocumentNode, Kind } from 'graphql';
import { namedDefinitions } from '../reading/named-definitions.ts';

/** Words that, in a field's, argument's or type's name, say that it holds what identifies a person. */
const forbiddenNames: readonly RegExp[] = [
  /^(given|family|first|last|full|sur|maiden|birth)_?names?$/iu,
  /^(nome|cognome|nominativo|surname)$/iu,
  /codice_?fiscale|fiscal_?code|tax_?(code|id)/iu,
  /(^|_)cui($|_)|[a-z]Cui($|[A-Z])/u,
  /vestanet/iu,
  /(^|[a-z_])(stp|eni)(code|number|$)/iu,
  /permit_?number|numero_?permesso|passport/iu,
  /(^|_)address|indirizzo|postal_?address|street/iu,
  /phone|telefono|mobile_?number/iu,
  /e_?mail/iu,
  /date_?of_?birth|birth_?da(te|y)|data_?nascita/iu,
  /photo|picture|fotografia/iu,
  /diagnos|free_?text|anamnes/iu,
];

/**
 * A field called `name` is right for a municipality or an association and wrong for a person: types that
 * speak of people are listed, so that a new one has to be decided on.
 */
const typesOfPeople = new Set([
  'Person',
  'Household',
  'Volunteer',
  'Guest',
  'Patient',
  'TeamMember',
]);

/**
 * Every name in an SDL that says it holds what identifies a person. Enum values are categories (STP as a kind
 * of registration), not values of a person, so they may be named.
 */
export function refuseDirectIdentifiers(document: DocumentNode): string[] {
  return namedDefinitions(document)
    .filter(({ path, node }) => {
      if (node.kind === Kind.ENUM_VALUE_DEFINITION) return false;
      const name = path.at(-1) ?? '';
      const isNameOfAPerson = name === 'name' && typesOfPeople.has(path[0] ?? '');
      return isNameOfAPerson || forbiddenNames.some((pattern) => pattern.test(name));
    })
    .map(
      ({ path }) =>
        `${path.join('.')} is named like something that identifies a person; no such field may enter the graph`,
    );
}
