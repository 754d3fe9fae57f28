import type { PersonAttributes } from '@tavolo/linkage';
import { readCountryCode } from './country-code.ts';
import type { FhirOf } from './fhir-resources.ts';
import { readBirthDate } from './read-birth-date.ts';
import { readName } from './read-name.ts';

const citizenshipExtension = 'http://hl7.org/fhir/StructureDefinition/patient-citizenship';

/** Name, birth date, gender and citizenship for the encoder; what cannot be understood is null. */
export function parseFhirAttributes(patient: FhirOf<'Patient'>): PersonAttributes {
  const { gender } = patient;
  return {
    name: readPatientName(patient),
    birthDate: readBirthDate(patient.birthDate),
    sex: gender === 'female' ? 'F' : gender === 'male' ? 'M' : null,
    citizenship: readCitizenship(patient),
  };
}

/** The official name, else the first that is one at all; `text` only where there are no parts. */
function readPatientName({ name }: FhirOf<'Patient'>): string | null {
  const official = name.filter(({ use }) => use === 'official');
  for (const { family, given, text } of [...official, ...name]) {
    const read = readName([family, ...given]) ?? readName([text]);
    if (read !== null) return read;
  }
  return null;
}

/** The first citizenship that has not ended. */
function readCitizenship({ extension }: FhirOf<'Patient'>): string | null {
  for (const { url, extension: parts } of extension) {
    if (url !== citizenshipExtension) continue;
    if (parts.some((part) => part.valuePeriod?.end !== undefined)) continue;
    for (const { code } of parts.flatMap((part) =>
      part.url === 'code' ? (part.valueCodeableConcept?.coding ?? []) : [],
    )) {
      const read = readCountryCode(code ?? '');
      if (read !== null) return read;
    }
  }
  return null;
}
