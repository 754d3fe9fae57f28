import { isDeepStrictEqual } from 'node:util';
import { readExample } from '@tavolo/harness';
import { type CallHeaders, withToken } from '../call-headers.ts';
import { type JsonPoster, postOrThrow } from '../json-poster.ts';
import { gatePurposes } from './gate-purposes.ts';
import type { GateAuthority } from './start-gate-authority.ts';

/** What is asked, as the body of a request. */
export interface GateQuestions {
  readonly small: string;
  readonly table: string;
}

/** A question that is refused, with the code its refusal must have. */
export interface RefusedQuestion {
  readonly name: string;
  readonly headers: CallHeaders;
  readonly question: keyof GateQuestions;
  readonly code: string;
  /** The answers it is compared with: it must be far cheaper than what it refused. */
  readonly against: readonly (keyof GateQuestions)[];
}

export async function gateQuestions(): Promise<GateQuestions> {
  return {
    small: JSON.stringify({
      query: '{ facilities(first: 1) { nodes { id receptionType } } }',
      variables: {},
    }),
    table: JSON.stringify({
      query: await readExample('table-question'),
      variables: { district: 'FIDENZA', after: null },
    }),
  };
}

/** A token for every organisation, in turns. */
export async function askingInTurns(authority: GateAuthority): Promise<CallHeaders> {
  const tokens = await Promise.all(gatePurposes.care.map((id) => authority.token(id)));
  const all = tokens.map(withToken);
  let turn = 0;
  return (body) => {
    turn = (turn + 1) % all.length;
    return all[turn]?.(body) ?? {};
  };
}

export async function refusedQuestions(
  authority: GateAuthority,
): Promise<readonly RefusedQuestion[]> {
  const { care, suspended, narrow, modest } = gatePurposes;
  const good = await authority.token(care[0] ?? '');
  const forged = `${good.slice(0, -20)}${'A'.repeat(20)}`;
  const both = ['small', 'table'] as const;
  const ofPurpose = async (id: string) => withToken(await authority.token(id));
  // The first three are refused before the body is read, whichever it is.
  return [
    {
      name: 'token missing',
      headers: () => ({}),
      question: 'small',
      code: 'UNAUTHENTICATED',
      against: both,
    },
    {
      name: 'token invalid',
      headers: withToken(forged),
      question: 'small',
      code: 'UNAUTHENTICATED',
      against: both,
    },
    {
      name: 'purpose suspended',
      headers: await ofPurpose(suspended),
      question: 'small',
      code: 'PURPOSE_REFUSED',
      against: both,
    },
    {
      name: 'forbidden field, small',
      headers: await ofPurpose(narrow),
      question: 'small',
      code: 'FORBIDDEN',
      against: ['small'],
    },
    {
      name: 'forbidden field, table’s',
      headers: await ofPurpose(narrow),
      question: 'table',
      code: 'FORBIDDEN',
      against: ['table'],
    },
    {
      name: 'over cost, table’s',
      headers: await ofPurpose(modest),
      question: 'table',
      code: 'QUERY_TOO_COSTLY',
      against: ['table'],
    },
  ];
}

/** Throws unless it is refused, and for the reason it is meant to be. */
export async function refuseOrThrow(
  poster: JsonPoster,
  body: string,
  code: string,
): Promise<string> {
  const { status, text } = await poster.post(body);
  if (status < 400 || !text.includes(`"${code}"`)) {
    throw new Error(`not refused with ${code}: ${status}: ${text.slice(0, 300)}`);
  }
  return text;
}

/** A comparison of two gateways that answer differently would be none. */
export async function answerAlike(posters: readonly JsonPoster[], body: string): Promise<void> {
  const [first, ...others] = await Promise.all(
    // Only compared.
    posters.map(async (poster) => JSON.parse(await postOrThrow(poster, body)) as { data: unknown }),
  );
  if (!first?.data || others.some(({ data }) => !isDeepStrictEqual(data, first.data))) {
    throw new Error('the gated and the open gateway do not answer alike');
  }
}
