import { municipalities } from '@tavolo/schemas';
import { z } from 'zod';
import { codeOf } from './code-list.ts';
import { runtsSections } from './code-lists.ts';
import { optionalDay, plainText } from './italian-values.ts';
import { normaliseRunts, type RegisterDefinition } from './register-definition.ts';

const codeByName = new Map(
  municipalities.map(({ name, istatCode }) => [plainText(name), istatCode]),
);

/** The ISTAT code of a municipality of the province by name or code; null for any other place. */
export function readMunicipality(text: string): string | null {
  const trimmed = text.trim();
  if (municipalities.some(({ istatCode }) => istatCode === trimmed)) return trimmed;
  return codeByName.get(plainText(text)) ?? null;
}

const runtsNumber = z.string().transform((text, context) => {
  const number = normaliseRunts(text);
  if (/^[A-Z0-9]{2,20}$/.test(number) && /\d/.test(number)) return text.trim();
  context.addIssue({ code: 'custom', message: 'is not a RUNTS number' });
  return z.NEVER;
});

/** Agreements with the bodies (accordi), kept by the provincial lead body. */
export const organisationRegister: RegisterDefinition<'organisations'> = {
  kind: 'organisations',
  label: 'organisation',
  numberField: 'runts',
  layouts: [
    {
      runts: 'Numero RUNTS',
      name: 'Denominazione',
      section: 'Sezione',
      municipality: 'Comune',
      from: 'Accordo dal',
      to: 'Accordo al',
    },
  ],
  localId: ({ runts = '' }) => normaliseRunts(runts) || null,
  record: () =>
    z
      .object({
        runts: runtsNumber,
        // A body's name is public; a row of figures or a code in its place is a slipped column.
        name: z
          .string()
          .trim()
          .min(1, 'is empty')
          .max(120, 'is longer than 120 characters')
          .refine(
            (text) => !/\d{5}|[A-Z]{6}\d{2}/i.test(text),
            'looks like a code, not like a name',
          ),
        section: z.string(),
        municipality: z.string(),
        from: optionalDay,
        to: optionalDay,
      })
      .transform((row) => ({
        runtsNumber: row.runts,
        name: row.name,
        runtsSection: codeOf(runtsSections, row.section) ?? 'OTHER',
        municipality: readMunicipality(row.municipality),
        agreementFrom: row.from,
        agreementTo: row.to,
      })),
};
