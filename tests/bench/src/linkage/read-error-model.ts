import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultParameters, type WorldParameters } from '@tavolo/demo-province';
import { z } from 'zod';

/** The files in `error-models/`, the mildest first. */
export const MODEL_NAMES = [
  'base',
  'january-first',
  'three-scripts',
  'few-identifiers',
  'worst',
] as const;

const folder = fileURLToPath(new URL('../../error-models/', import.meta.url));
const share = z.number().min(0).max(1);
const known = z.partialRecord(
  z.enum(['ANY_CF', 'CF', 'CF_PROVISIONAL', 'CUI', 'VESTANET', 'STP', 'ENI', 'PERMIT']),
  share,
);

const errorModelFile = z.strictObject({
  twins: share,
  bornOnFirstOfJanuary: share,
  birthDateWrong: share,
  typo: share,
  namesSwapped: share,
  peopleWithSeveralNames: share,
  namePartDropped: share,
  independentTransliteration: share,
  citizenshipWrong: share,
  sexWrong: share,
  recordHasIdentifiers: share,
  identifierKnown: z.strictObject({
    'social-services': known,
    'health-authority': known,
    'reception-centres': known,
    'volunteer-registry': known,
  }),
});

export interface NamedErrorModel {
  /** One of `MODEL_NAMES`, or a file's own name. */
  readonly name: string;
  readonly parameters: WorldParameters;
}

/** Reads one of the models by name, or a file by path; what it leaves out is as in the base model. */
export function readErrorModel(nameOrFile: string): NamedErrorModel {
  const isKnown = MODEL_NAMES.some((name) => name === nameOrFile);
  const path = isKnown ? `${folder}${nameOrFile}.json` : resolve(nameOrFile);
  return parseErrorModel(
    isKnown ? nameOrFile : basename(nameOrFile),
    readFileSync(path, 'utf8'),
    readFileSync(`${folder}base.json`, 'utf8'),
  );
}

export function parseErrorModel(name: string, text: string, base: string): NamedErrorModel {
  const model = errorModelFile.partial().safeParse(JSON.parse(text));
  if (!model.success) throw new Error(`${name}: ${z.prettifyError(model.error)}`);
  const { twins, ...errors } = {
    ...errorModelFile.parse(JSON.parse(base)),
    ...defined(model.data),
  };
  return { name, parameters: { ...defaultParameters, twins, errors } };
}

/** A field that is left out must not hide the base model's. */
function defined<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined);
  // Only the undefined ones are gone.
  return Object.fromEntries(present) as { [K in keyof T]: Exclude<T[K], undefined> };
}
