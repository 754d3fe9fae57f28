import { z } from 'zod';
import { codesOf } from './code-list.ts';
import { availabilitySlots, tutorActivities } from './code-lists.ts';
import {
  day,
  officeCode,
  optionalCodiceFiscale,
  optionalDay,
  plainText,
} from './italian-values.ts';
import { readLanguages } from './languages.ts';
import { readMunicipality } from './organisation-register.ts';
import type { RegisterDefinition } from './register-definition.ts';
import { localNumber, registerIds } from './register-ids.ts';

/** Register of volunteers (registro dei volontari, art. 17 CTS). */
export const membershipRegister: RegisterDefinition<'memberships'> = {
  kind: 'memberships',
  label: 'membership',
  numberField: 'number',
  layouts: [
    {
      number: 'N. registro',
      familyName: 'Cognome',
      givenName: 'Nome',
      codiceFiscale: 'Codice fiscale',
      birthDate: 'Data di nascita',
      municipality: 'Comune',
      from: 'Data inizio',
      to: 'Data fine',
      languages: 'Lingue',
      skills: 'Competenze',
      availability: 'Disponibilità',
      section: 'Sezione',
      consent: 'Consenso',
    },
    {
      number: 'Numero',
      familyName: 'Nominativo',
      codiceFiscale: 'C.F.',
      birthDate: 'Nato il',
      municipality: 'Residenza',
      from: 'Inizio attività',
      to: 'Cessazione',
      languages: 'Lingue parlate',
      skills: 'Abilità',
      section: 'Occasionale',
    },
    {
      number: 'Matricola',
      familyName: 'Nome e cognome',
      codiceFiscale: 'CF',
      birthDate: 'Nascita',
      municipality: 'Comune di residenza',
      from: 'Dal',
      to: 'Al',
      languages: 'Lingue',
      skills: 'Competenze',
      availability: 'Turni',
    },
  ],
  localId: ({ number = '' }) => localNumber(number) || null,
  record: (source) =>
    z
      .object({
        number: officeCode,
        familyName: z.string(),
        givenName: z.string(),
        codiceFiscale: optionalCodiceFiscale,
        birthDate: optionalDay,
        municipality: z.string(),
        from: day,
        to: optionalDay,
        languages: z.string(),
        skills: z.string(),
        availability: z.string(),
        section: z.string(),
        consent: z.string(),
      })
      .superRefine((row, context) => {
        const words = nameWords(row.familyName, row.givenName);
        if (row.codiceFiscale === null && (row.birthDate === null || words.length < 2)) {
          const message = 'is empty, and name and birth date do not replace it';
          context.addIssue({ code: 'custom', path: ['codiceFiscale'], message });
        }
        if (row.to !== null && row.to < row.from) {
          context.addIssue({ code: 'custom', path: ['to'], message: 'ends before it starts' });
        }
      })
      .transform((row) => {
        const words = nameWords(row.familyName, row.givenName);
        return {
          organisationId: registerIds.organisation(source),
          fiscalKey: row.codiceFiscale && source.derive('fiscal', row.codiceFiscale),
          nameKey:
            row.birthDate !== null && words.length >= 2
              ? source.derive('name-and-birth', `${words.join(' ')}/${row.birthDate}`)
              : null,
          birthDate: row.birthDate,
          municipality: readMunicipality(row.municipality),
          languages: readLanguages(row.languages),
          skills: codesOf(tutorActivities, row.skills, 'OTHER'),
          availability: codesOf(availabilitySlots, row.availability, 'OTHER'),
          startedOn: row.from,
          endedOn: row.to,
          isOccasional: /^(occasional|si$)/.test(plainText(row.section)),
          consentScope: consentOf(row.consent),
        };
      }),
};

/** Sorted, because registers disagree on which name comes first. */
function nameWords(...names: readonly string[]): string[] {
  return plainText(names.join(' '))
    .split(' ')
    .filter((word) => word !== '')
    .sort();
}

function consentOf(text: string) {
  const plain = plainText(text);
  if (plain.includes('tavolo')) return 'TABLE' as const;
  return plain === '' ? null : ('OWN_BODY' as const);
}
