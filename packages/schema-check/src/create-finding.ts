import type { ASTNode } from 'graphql';
import { type FindingCode, findingExplanations } from './explanations/finding-explanations.ts';
import type { Bilingual, Finding, Place, Severity } from './finding.ts';
import { placeOf } from './place-of.ts';

/** What is particular to one finding; the rest its code says. */
export interface Particulars {
  readonly coordinate?: string | null;
  /** What was written wrongly, or its place. */
  readonly at?: ASTNode | Place | null | undefined;
  readonly others?: readonly Place[];
  /** Said after the cause. */
  readonly detail?: Bilingual;
  /** Instead of what the code says. */
  readonly fix?: Bilingual;
  readonly severity?: Severity;
}

const mostOthers = 20;
const longestText = 2_000;

export function createFinding(code: FindingCode, particulars: Particulars): Finding {
  const { coordinate = null, at, others = [], detail, fix, severity } = particulars;
  const said = findingExplanations[code];
  if (!said) throw new Error(`${code} is not explained`);
  return {
    code,
    severity: severity ?? said.severity,
    coordinate: coordinate === null ? null : shortened(coordinate),
    place: at && 'kind' in at ? (placeOf(at) ?? null) : (at ?? null),
    others: others.slice(0, mostOthers),
    cause: detail
      ? {
          en: shortened(`${said.cause.en} ${detail.en}`),
          it: shortened(`${said.cause.it} ${detail.it}`),
        }
      : said.cause,
    fix: fix ?? said.fix,
  };
}

/** The same words in both languages: names, numbers, what a program said. */
export function sameInBoth(text: string): Bilingual {
  return { en: text, it: text };
}

function shortened(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText)}…`;
}
