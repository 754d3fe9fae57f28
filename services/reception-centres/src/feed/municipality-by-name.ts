import { type Municipality, municipalities } from '@tavolo/schemas';
import { foldText } from './facility-name.ts';

const byName = new Map(municipalities.map((row) => [foldText(row.name), row]));

/** The municipality of the province written this way (case, accents, "(PR)" aside); `undefined` when there is none. */
export function municipalityByName(name: string): Municipality | undefined {
  return byName.get(foldText(name.replace(/\(\s*PR\s*\)\s*$/iu, '')));
}
