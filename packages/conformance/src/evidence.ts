import { contextRefusals } from '@tavolo/caller-context';
import { findIdentifiers } from './find-identifiers.ts';
import { findInsides } from './find-insides.ts';
import { findSourceFaults } from './find-source-faults.ts';
import { dataOf, errorsOf, type HttpAnswer, isRecord } from './http-answer.ts';
import { sayAnswer } from './say-answer.ts';

/** What one answer showed that it should not have. */
export interface Exhibit {
  readonly sent: string;
  readonly came: string;
}

export const exhibitKinds = [
  'IDENTIFIER',
  'CANARY',
  'INSIDE',
  'QUOTED',
  'NO_CODE',
  'SOURCE_MISSING',
  'SOURCE_MALFORMED',
  'FORM',
  'REFUSAL_FORM',
] as const;
export type ExhibitKind = (typeof exhibitKinds)[number];

/** The first exhibit of each kind in all answers of a run; the answers themselves are not kept. */
export interface Evidence {
  look(sent: string, answer: HttpAnswer): void;
  /** Of a call with a wrong context that was refused. */
  lookAtRefusal(sent: string, answer: HttpAnswer): void;
  readonly first: ReadonlyMap<ExhibitKind, Exhibit>;
  /** Answers that held data. */
  readonly answersWithData: number;
  readonly answersWithErrors: number;
  readonly canaryCount: number;
  readonly refusals: number;
}

export function createEvidence(options: {
  readonly canaries: readonly string[];
  readonly marker: string;
  readonly now: () => Date;
}): Evidence {
  const { canaries, marker, now } = options;
  const first = new Map<ExhibitKind, Exhibit>();
  let answersWithData = 0;
  let answersWithErrors = 0;
  let refusals = 0;
  const show = (kind: ExhibitKind, sent: string, came: string | null): void => {
    if (came !== null && !first.has(kind)) first.set(kind, { sent, came });
  };
  return {
    first,
    canaryCount: canaries.length,
    get refusals() {
      return refusals;
    },
    lookAtRefusal(sent, answer) {
      refusals += 1;
      show('REFUSAL_FORM', sent, refusalFault(answer));
    },
    get answersWithData() {
      return answersWithData;
    },
    get answersWithErrors() {
      return answersWithErrors;
    },
    look(sent, answer) {
      const said = sayAnswer(answer);
      const hits = canaries.flatMap((canary, index) =>
        answer.text.includes(canary) ? [index + 1] : [],
      );
      show(
        'CANARY',
        sent,
        hits.length === 0
          ? null
          : `${said}; in it: canary number ${hits.slice(0, 5).join(', ')} of the file`,
      );
      show('IDENTIFIER', sent, findIdentifiers(answer));
      show('INSIDE', sent, findInsides(answer));
      const data = dataOf(answer);
      const errors = errorsOf(answer);
      if (errors.length > 0 || answer.status >= 400) answersWithErrors += 1;
      const outsideData = isRecord(answer.json)
        ? JSON.stringify({ ...answer.json, data: null })
        : answer.text;
      if (outsideData.includes(marker))
        show('QUOTED', sent, `${said}; outside of the data it repeats a value that was sent`);
      if (errors.some(({ code }) => code === null || !/^[A-Z][A-Z0-9_]{1,79}$/u.test(code))) {
        show('NO_CODE', sent, said);
      }
      if (data === null) return;
      answersWithData += 1;
      const faults = findSourceFaults(answer.json, now());
      if (faults === 'MISSING') show('SOURCE_MISSING', sent, `${said}, no extensions.source`);
      else if (faults !== null) show('SOURCE_MALFORMED', sent, `extensions.source: ${faults}`);
      const isJson = ['application/json', 'application/graphql-response+json'].includes(
        answer.mediaType,
      );
      const isPlain = answer.contentEncoding === null || answer.contentEncoding === 'identity';
      if (!isJson || !isPlain || answer.status !== 200) {
        show('FORM', sent, `${said}${isPlain ? '' : ', compressed'}`);
      }
    },
  };
}

const reasons: readonly string[] = contextRefusals;

/** What is wrong with the refusal of a context; null = nothing. */
function refusalFault(answer: HttpAnswer): string | null {
  const errors: unknown = isRecord(answer.json) ? answer.json['errors'] : undefined;
  const error: unknown = Array.isArray(errors) ? errors[0] : undefined;
  const extensions = isRecord(error) ? error['extensions'] : undefined;
  const { code, reason } = isRecord(extensions) ? extensions : {};
  const isKnown = typeof reason === 'string' && reasons.includes(reason);
  if (answer.status === 401 && code === 'UNAUTHENTICATED' && isKnown) return null;
  return `${sayAnswer(answer)}, ${isKnown ? `reason ${reason}` : 'no known reason'}`;
}
