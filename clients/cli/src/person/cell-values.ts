import { z } from 'zod';

/** A day as ISO or as Italian offices write it, inside the years of the enrolment API. */
export const daySchema = z
  .string()
  .transform((text) => text.trim().replace(/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, isoFromItalian))
  .pipe(z.iso.date())
  .refine((day) => day >= '1900-01-01' && day <= '2100-12-31');

function isoFromItalian(_whole: string, day: string, month: string, year: string): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** Longer than any name: a note in the wrong column. */
export const nameSchema = z
  .string()
  .transform((text) => text.replace(/\s+/g, ' ').trim())
  .pipe(z.string().max(200).regex(/\p{L}/u));

export const sexSchema = z
  .string()
  .transform((text) => text.trim().toUpperCase())
  .pipe(z.enum(['F', 'M']));

/** ISO 3166-1 alpha-2; names of countries are not guessed at. */
export const citizenshipSchema = z
  .string()
  .transform((text) => text.trim().toUpperCase())
  .pipe(z.string().regex(/^[A-Z]{2}$/));

const answers: ReadonlyMap<string, boolean> = new Map([
  ...['1', 'true', 'yes', 'y', 'si', 'sì', 's'].map((word) => [word, true] as const),
  ...['0', 'false', 'no', 'n'].map((word) => [word, false] as const),
]);

/** Yes or no in the words of spreadsheets. */
export const yesNoSchema = z
  .string()
  .transform((text) => answers.get(text.trim().toLowerCase()))
  .pipe(z.boolean());

export const sharingSchema = z
  .string()
  .transform((text) => {
    const word = text.trim().toUpperCase();
    if (word === 'ALLOWED' || word === 'EXCLUDED') return word;
    const isYes = answers.get(word.toLowerCase());
    return isYes === undefined ? undefined : isYes ? 'ALLOWED' : 'EXCLUDED';
  })
  .pipe(z.enum(['ALLOWED', 'EXCLUDED']));

/** The institution's own number of a person; control characters would be a broken export. */
export const localIdSchema = z
  .string()
  .transform((text) => text.trim())
  .pipe(
    z
      .string()
      .min(1)
      .max(200)
      .regex(/^\P{Cc}+$/u),
  );

/** Who gave a household code: an institution at the table, in small letters. */
export const issuerSchema = z.string().regex(/^[a-z][a-z-]{1,39}$/);

/** `issuer:code`, the code with at least one letter or digit. */
export const householdCodeSchema = z
  .string()
  .max(120)
  .regex(/^[a-z][a-z-]{1,39}:.*[\p{L}\p{N}]/u);
