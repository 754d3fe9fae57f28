import { type IdentifierKind, normaliseIdentifier } from '@tavolo/linkage';

/**
 * Identifier systems as HL7 Italia publishes them (FHIR IT core: OIDs), as its older base guide wrote them
 * (`http://hl7.it/sid/…`), and the short names hospital systems put into CX-4.1 or CX-5.
 */
const kindBySystem: ReadonlyMap<string, IdentifierKind> = new Map([
  ['2.16.840.1.113883.2.9.4.3.2', 'CODICE_FISCALE'],
  ['http://hl7.it/sid/codicefiscale', 'CODICE_FISCALE'],
  ['cf', 'CODICE_FISCALE'],
  ['nnita', 'CODICE_FISCALE'],
  ['mef', 'CODICE_FISCALE'],
  ['2.16.840.1.113883.2.9.4.3.17', 'STP'],
  ['http://hl7.it/sid/stp', 'STP'],
  ['stp', 'STP'],
  ['2.16.840.1.113883.2.9.4.3.18', 'ENI'],
  ['http://hl7.it/sid/eni', 'ENI'],
  ['eni', 'ENI'],
  ['http://hl7.it/sid/cui', 'CUI'],
  ['cui', 'CUI'],
  ['http://hl7.it/sid/vestanet', 'VESTANET'],
  ['vestanet', 'VESTANET'],
  ['http://hl7.it/sid/permessosoggiorno', 'PERMIT'],
  ['perm', 'PERMIT'],
]);

/** Null for a system that links nobody (health card, registers the other institutions don't have). */
export function kindOfSystem(system: string): IdentifierKind | null {
  const plain = system
    .trim()
    .toLowerCase()
    .replace(/^urn:oid:/, '')
    .replace(/\/$/, '');
  return kindBySystem.get(plain) ?? null;
}

/** Spells an identifier the one way all institutions compare; null when its form is impossible. */
export function readIdentifier(
  kind: IdentifierKind,
  value: string,
): { kind: IdentifierKind; value: string } | null {
  // The eleven-digit codice fiscale given while waiting travels under the system of the definitive one.
  const isProvisional = kind === 'CODICE_FISCALE' && /^\d{11}$/.test(value.trim());
  const read: IdentifierKind = isProvisional ? 'CODICE_FISCALE_PROVISIONAL' : kind;
  if (normaliseIdentifier(read, value) === null) return null;
  return { kind: read, value: value.trim().toUpperCase() };
}
