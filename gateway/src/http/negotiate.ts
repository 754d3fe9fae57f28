import { type AnswerForm, graphqlForm, jsonForm, unnamedForm } from './answer-form.ts';

/**
 * How an `Accept` header likes its answer best; `undefined` when it takes neither `application/json` nor
 * `application/graphql-response+json` (406). The larger quality wins, then the type that is named over one that a
 * wildcard stands for, then the one that is named first. Where neither is named it is JSON.
 */
export function negotiate(accept: string | undefined): AnswerForm | undefined {
  if (accept === undefined) return unnamedForm;
  return usual.get(accept) ?? chosenOf(accept);
}

/** How well a header likes one type: `quality` 0–1, `rank` 3 for its name, 2 for `application/*`, 1 for any. */
interface Liking {
  readonly quality: number;
  readonly rank: number;
  readonly position: number;
}

const unliked: Liking = { quality: 0, rank: 0, position: 0 };

function chosenOf(accept: string): AnswerForm | undefined {
  let json = unliked;
  let response = unliked;
  let position = 0;
  for (const text of accept.split(',')) {
    const range = text.trim();
    if (range === '') continue;
    position += 1;
    const end = range.indexOf(';');
    const name = (end === -1 ? range : range.slice(0, end)).trimEnd().toLowerCase();
    const rank = rankOf(name);
    if (rank === 0) continue;
    const liking = { quality: qualityOf(range, end), rank, position };
    if (name !== 'application/graphql-response+json') json = moreSpecific(json, liking);
    if (name !== 'application/json') response = moreSpecific(response, liking);
  }
  // An empty list names nothing that would be refused.
  if (position === 0) return unnamedForm;
  if (json.quality === 0 && response.quality === 0) return undefined;
  const difference =
    response.quality - json.quality ||
    response.rank - json.rank ||
    json.position - response.position;
  if (difference > 0) return graphqlForm;
  return json.rank === 3 ? jsonForm : unnamedForm;
}

function rankOf(name: string): number {
  if (name === 'application/json' || name === 'application/graphql-response+json') return 3;
  if (name === 'application/*') return 2;
  return name === '*/*' ? 1 : 0;
}

/** RFC 9110, 12.5.1: of several ranges that hold a type the most specific one counts, whatever its quality. */
function moreSpecific(known: Liking, next: Liking): Liking {
  return next.rank > known.rank ? next : known;
}

/** 0 also for a charset that answers are never in; a quality that is no number counts as the whole one. */
function qualityOf(range: string, end: number): number {
  if (end === -1) return 1;
  let quality = 1;
  for (const parameter of range.slice(end + 1).split(';')) {
    const [name = '', value = ''] = parameter.trim().toLowerCase().split('=');
    if (name === 'charset' && !/^"?utf-?8"?$/u.test(value)) return 0;
    if (name === 'q' && /^(?:0|1)?(?:\.\d*)?$/u.test(value)) quality = Math.min(1, Number(value));
  }
  return quality;
}

/** What browsers, and the clients in use, send at every request. */
const usual: ReadonlyMap<string, AnswerForm | undefined> = new Map(
  [
    '*/*',
    'application/json',
    'application/graphql-response+json',
    'application/json, */*',
    'application/json, text/plain, */*',
    'application/json, multipart/mixed',
    'application/graphql-response+json, application/json',
    'application/graphql-response+json,application/json;q=0.9',
    'application/graphql-response+json, application/json;q=0.9',
    'application/graphql-response+json; charset=utf-8, application/json; charset=utf-8',
  ].map((accept) => [accept, chosenOf(accept)] as const),
);
