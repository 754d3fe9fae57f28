import { readFileSync } from 'node:fs';
import { type Origin, SCRIPTS } from '@tavolo/demo-province';
import { z } from 'zod';

const names = z.array(z.array(z.string().trim().min(1)).min(1)).min(1);

const namesFile = z.strictObject({
  origins: z
    .array(
      z.strictObject({
        citizenship: z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code'),
        belfioreCode: z.string().regex(/^Z\d{3}$/, 'must be Z and three digits'),
        script: z.enum(SCRIPTS),
        weight: z.number().positive().default(1),
        female: names,
        male: names,
        family: names,
      }),
    )
    .min(1),
});

/** Origins with names of one's own, in place of the demo province's. */
export function readNames(path: string): readonly Origin[] {
  return parseNames(readFileSync(path, 'utf8'));
}

export function parseNames(text: string): readonly Origin[] {
  const file = namesFile.safeParse(JSON.parse(text));
  if (!file.success) throw new Error(`The names file: ${z.prettifyError(file.error)}`);
  return file.data.origins.map(
    ({ citizenship, belfioreCode, weight, script, female, male, family }) => ({
      citizenship,
      belfioreCode,
      weight,
      languages: ['en'],
      names: { script, female, male, family },
    }),
  );
}
