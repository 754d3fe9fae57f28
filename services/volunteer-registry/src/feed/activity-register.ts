import { z } from 'zod';
import { codeOf } from './code-list.ts';
import { publicUtilityKinds } from './code-lists.ts';
import {
  day,
  officeCode,
  optionalCodiceFiscale,
  optionalDay,
  optionalQuantity,
  plainText,
  readItalianDay,
} from './italian-values.ts';
import type { RegisterDefinition } from './register-definition.ts';
import { localNumber, registerIds } from './register-ids.ts';

const plainLayout = {
  code: 'Codice',
  familyName: 'Cognome',
  givenName: 'Nome',
  codiceFiscale: 'Codice fiscale',
  activity: 'Attività',
  from: 'Dal',
  to: 'Al',
  weeklyHours: 'Ore settimanali',
};

const wordyLayout = {
  code: 'ID',
  familyName: 'Nominativo',
  codiceFiscale: 'CF',
  activity: 'Mansione',
  from: 'Inizio',
  to: 'Fine',
  weeklyHours: 'Ore/sett.',
};

/** Voluntary and public-utility work of asylum seekers (attività di pubblica utilità): people, never tutors. */
export const activityRegister: RegisterDefinition<'activities'> = {
  kind: 'activities',
  label: 'activity',
  numberField: 'code',
  // Of two layouts that fit alike the first counts: those with the birth date come before those without.
  layouts: [
    { ...plainLayout, birthDate: 'Data di nascita' },
    plainLayout,
    { ...wordyLayout, birthDate: 'Nato il' },
    wordyLayout,
  ],
  localId({ code = '', activity = '', from = '' }) {
    const read = readItalianDay(from);
    if (localNumber(code) === '' || read === null) return null;
    return [localNumber(code), read, plainText(activity)].join('/');
  },
  record: (source) =>
    z
      .object({
        code: officeCode,
        familyName: z.string(),
        givenName: z.string(),
        codiceFiscale: optionalCodiceFiscale,
        // Only the encoder wants it: one that cannot be read is none, and refuses no row.
        birthDate: z.string().transform(readItalianDay),
        activity: z.string(),
        from: day,
        to: optionalDay,
        weeklyHours: optionalQuantity(48),
      })
      .superRefine((row, context) => {
        if (row.to === null || row.to >= row.from) return;
        context.addIssue({ code: 'custom', path: ['to'], message: 'ends before it starts' });
      })
      .transform((row) => ({
        organisationId: registerIds.organisation(source),
        // The codes of asylum seekers are given by the province, not by the body that hosts the work.
        personKey: source.derive('person', localNumber(row.code)),
        name: writtenName(row.givenName, row.familyName),
        birthDate: row.birthDate,
        codiceFiscale: row.codiceFiscale,
        kind: codeOf(publicUtilityKinds, row.activity) ?? 'OTHER',
        from: row.from,
        to: row.to,
        weeklyHours: row.weeklyHours,
      })),
};

/** Longer than any name: a note in the wrong column, which is nobody's name. */
const longestName = 120;

/** Some bodies have one column for the whole name. */
function writtenName(givenName: string, familyName: string): string | null {
  const name = `${givenName} ${familyName}`.replace(/\s+/g, ' ').trim();
  return name === '' || name.length > longestName ? null : name;
}
