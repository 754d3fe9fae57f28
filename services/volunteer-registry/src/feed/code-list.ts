import { plainText, splitList } from './italian-values.ts';

/** A register's wording for a code: the first word or phrase found in the text decides. */
export type CodeList<Code extends string> = readonly (readonly [
  code: Code,
  wordings: readonly string[],
])[];

/** The code for a text: its own spelling, or one of its wordings within the text; undefined = not in the list. */
export function codeOf<Code extends string>(list: CodeList<Code>, text: string): Code | undefined {
  const plain = plainText(text);
  if (plain === '') return undefined;
  const asCode = plain.replaceAll(' ', '_').toUpperCase();
  return (
    list.find(([code]) => code === asCode)?.[0] ??
    list.find(([, wordings]) => wordings.some((wording) => plain.includes(wording)))?.[0]
  );
}

/** The distinct codes of a list cell; what is in no list is `other`, because its wording may not leave. */
export function codesOf<Code extends string>(
  list: CodeList<Code>,
  text: string,
  other: Code,
): Code[] {
  return [...new Set(splitList(text).map((item) => codeOf(list, item) ?? other))].sort();
}
