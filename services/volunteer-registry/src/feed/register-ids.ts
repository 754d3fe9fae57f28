import type { RegisterSource } from './register-definition.ts';

/** Opaque ids of a body's own numbers; every register that mentions a number derives the same id. */
export const registerIds = {
  organisation: ({ derive, runtsNumber }: RegisterSource) => derive('organisation', runtsNumber),
  membership: ({ derive, runtsNumber }: RegisterSource, number: string) =>
    derive('membership', `${runtsNumber}/${localNumber(number)}`),
  match: ({ derive, runtsNumber }: RegisterSource, code: string) =>
    derive('tutor-match', `${runtsNumber}/${localNumber(code)}`),
};

/** `007` and `7`, `a-1` and `A-1` are one number to whoever keeps a register. */
export function localNumber(text: string): string {
  return text
    .trim()
    .toUpperCase()
    .replace(/\s+/g, '')
    .replace(/^0+(?=\d)/, '');
}
