import type { Bilingual } from '@tavolo/schema-check';

/** In both languages where partners meet it in their own schema or server; else in English. */
export type Words = string | Bilingual;

/** What one part of the hub means by a code. */
export interface ExplainedCode {
  readonly code: string;
  /** Who says it: `the registry`. */
  readonly saidBy: string;
  readonly meaning: Words;
  /** How it comes to that. */
  readonly cause: Words;
  readonly advice: Words;
  readonly more?: Words;
}

/** The codes of one part, written as rows: meaning, cause, what to do. */
export type CodeRows = Readonly<
  Record<string, readonly [meaning: string, cause: string, advice: string]>
>;

/** The same as explanations. */
export function explained(saidBy: string, rows: CodeRows): readonly ExplainedCode[] {
  return Object.entries(rows).map(([code, [meaning, cause, advice]]) => ({
    code,
    saidBy,
    meaning,
    cause,
    advice,
  }));
}
