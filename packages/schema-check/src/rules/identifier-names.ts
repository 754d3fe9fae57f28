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
const typesOfPeople: ReadonlySet<string> = new Set([
  'Person',
  'Household',
  'Volunteer',
  'Guest',
  'Patient',
  'TeamMember',
]);

/** Whether a name says that it holds what identifies a person; `type` is the type it stands in. */
export function isIdentifierName(name: string, type: string): boolean {
  if (name === 'name' && typesOfPeople.has(type)) return true;
  return forbiddenNames.some((pattern) => pattern.test(name));
}
