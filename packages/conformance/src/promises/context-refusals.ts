import { contextRefusals } from '@tavolo/caller-context';
import {
  broken,
  type ConformancePromise,
  kept,
  notTried,
  type Outcome,
} from '../conformance-promise.ts';
import type { CallOptions } from '../conversation.ts';
import type { ContextChanges } from '../forge-context.ts';
import { dataOf, type HttpAnswer, isRecord } from '../http-answer.ts';
import { plainQuestion } from '../plain-question.ts';
import { sayAnswer } from '../say-answer.ts';
import type { Trial } from '../trial.ts';

/** One wrong way to call; each must be refused. */
interface Wrong {
  readonly what: string;
  readonly options: CallOptions;
  /** Instead of the plain question. */
  readonly body?: string;
}

/** Null = refused; anything told in its stead is the breach. */
function breachOf(answer: HttpAnswer): string | null {
  if (isRecord(answer.json) && answer.json['data'] != null) return `answered: ${sayAnswer(answer)}`;
  return answer.status >= 400 && answer.status < 500 ? null : sayAnswer(answer);
}

async function mustRefuse(trial: Trial, wrongs: readonly Wrong[]): Promise<Outcome> {
  const right = await trial.talk.post('a plain question with a right context', plainQuestion);
  if (dataOf(right) === null) {
    return notTried('a right context is not accepted, so a refusal would prove nothing');
  }
  for (const { what, options, body = plainQuestion } of wrongs) {
    const answer = await trial.talk.post(what, body, options);
    const breach = breachOf(answer);
    if (breach !== null) return broken(what, breach);
    trial.evidence.lookAtRefusal(what, answer);
  }
  return kept;
}

const changed = (changes: ContextChanges): CallOptions => ({ changes });
const secondsOf = (trial: Trial): number => Math.floor(trial.now().getTime() / 1000);

const steps = {
  en: 'See “Verifying who asks”, step',
  it: 'Vedi “Verifying who asks”, passo',
};

/** Each wrong context is refused. */
export const contextRefusalPromises: readonly ConformancePromise[] = [
  {
    code: 'CONTEXT_ABSENT_REFUSED',
    title: {
      en: 'A call without a context is refused',
      it: 'Una chiamata senza contesto è rifiutata',
    },
    change: {
      en: `Refuse with 401 before the body is parsed when the header tavolo-context is missing or empty. ${steps.en} 1.`,
      it: `Rifiutare con 401, prima di leggere il corpo, se manca l'intestazione tavolo-context o è vuota. ${steps.it} 1.`,
    },
    tryOn: (trial) =>
      mustRefuse(trial, [
        { what: 'a question without tavolo-context', options: { context: null } },
        { what: 'a question with an empty tavolo-context', options: { context: '' } },
        {
          what: 'a question with a bearer token instead of tavolo-context',
          options: { context: 'Bearer abc' },
        },
      ]),
  },
  {
    code: 'CONTEXT_STALE_REFUSED',
    title: { en: 'A context that has ended is refused', it: 'Un contesto scaduto è rifiutato' },
    change: {
      en: `Refuse when exp is more than 5 seconds behind your clock (kept with NTP). ${steps.en} 6.`,
      it: `Rifiutare se exp è indietro di più di 5 secondi rispetto all'orologio (tenuto con NTP). ${steps.it} 6.`,
    },
    tryOn: (trial) =>
      mustRefuse(trial, [
        {
          what: 'a context that ended an hour ago',
          options: changed({
            claims: { iat: secondsOf(trial) - 3_660, exp: secondsOf(trial) - 3_600 },
          }),
        },
      ]),
  },
  {
    code: 'CONTEXT_FUTURE_REFUSED',
    title: { en: 'A context from the future is refused', it: 'Un contesto dal futuro è rifiutato' },
    change: {
      en: `Refuse when iat is more than 5 seconds ahead of your clock. ${steps.en} 5.`,
      it: `Rifiutare se iat è avanti di più di 5 secondi rispetto all'orologio. ${steps.it} 5.`,
    },
    tryOn: (trial) =>
      mustRefuse(trial, [
        {
          what: 'a context signed an hour ahead',
          options: changed({
            claims: { iat: secondsOf(trial) + 3_600, exp: secondsOf(trial) + 3_660 },
          }),
        },
      ]),
  },
  {
    code: 'CONTEXT_LIFETIME_BOUNDED',
    title: {
      en: 'A context that would hold longer than a minute is refused',
      it: 'Un contesto valido più di un minuto è rifiutato',
    },
    change: {
      en: `Refuse unless 0 < exp − iat ≤ 60, whatever exp says. ${steps.en} 5.`,
      it: `Rifiutare se non vale 0 < exp − iat ≤ 60, qualunque sia exp. ${steps.it} 5.`,
    },
    tryOn: (trial) =>
      mustRefuse(trial, [
        {
          what: 'a context that holds for a day',
          options: changed({ claims: { exp: secondsOf(trial) + 86_400 } }),
        },
        { what: 'a context without exp', options: changed({ claims: { exp: undefined } }) },
      ]),
  },
  {
    code: 'CONTEXT_REPLAY_REFUSED',
    title: {
      en: 'A context passes once: the same one again is refused',
      it: 'Un contesto vale una volta sola: ripetuto è rifiutato',
    },
    change: {
      en: `Remember each jti until exp + 5 s and refuse it the second time, in one memory for all your processes. ${steps.en} 8.`,
      it: `Ricordare ogni jti fino a exp + 5 s e rifiutarlo la seconda volta, con una memoria comune a tutti i processi. ${steps.it} 8.`,
    },
    async tryOn(trial) {
      const context = trial.forge.make(plainQuestion, trial.talk.anybody);
      const first = await trial.talk.post('a right context', plainQuestion, { context });
      if (dataOf(first) === null) {
        return notTried('a right context is not accepted, so a refusal would prove nothing');
      }
      const what = 'the same context a second time';
      return mustRefuse(trial, [{ what, options: { context } }]);
    },
  },
  {
    code: 'CONTEXT_BODY_BOUND',
    title: {
      en: 'A context does not pass with another body than the signed one',
      it: 'Un contesto non vale con un corpo diverso da quello firmato',
    },
    change: {
      en: `Compare digest with the SHA-256 of the bytes as they came, before any parsing. ${steps.en} 7.`,
      it: `Confrontare digest con lo SHA-256 dei byte ricevuti, prima di interpretarli. ${steps.it} 7.`,
    },
    tryOn: (trial) =>
      mustRefuse(trial, [
        {
          what: 'a context signed for another body',
          options: {
            context: trial.forge.make('{"query":"{ other: __typename }"}', trial.talk.anybody),
          },
        },
        { what: 'a context without digest', options: changed({ claims: { digest: undefined } }) },
      ]),
  },
  {
    code: 'CONTEXT_SEAL_VERIFIED',
    title: {
      en: 'A context with altered claims, or sealed by another key, is refused',
      it: 'Un contesto alterato, o firmato con un’altra chiave, è rifiutato',
    },
    change: {
      en: `Verify the Ed25519 signature over header.payload as received, with the key that kid names, before you read a claim. ${steps.en} 3.`,
      it: `Verificare la firma Ed25519 su header.payload come ricevuti, con la chiave indicata da kid, prima di leggere le dichiarazioni. ${steps.it} 3.`,
    },
    tryOn(trial) {
      const { forge, talk } = trial;
      const [head = '', , seal = ''] = forge.make(plainQuestion, talk.anybody).split('.');
      const other = { ...talk.anybody, districts: ['SOMEWHERE'] };
      const [, payload = ''] = forge.make(plainQuestion, other).split('.');
      const [, , strange = ''] = forge.make(plainQuestion, talk.anybody).split('.');
      return mustRefuse(trial, [
        {
          what: 'a context whose claims were changed after signing',
          options: { context: `${head}.${payload}.${seal}` },
        },
        {
          what: 'a context sealed by another key under the name of the right one',
          options: changed({ key: forge.strangersKey('stranger') }),
        },
        {
          what: 'a context with the seal of another context',
          options: changed({ seal: () => strange }),
        },
      ]);
    },
  },
  {
    code: 'CONTEXT_KEY_KNOWN',
    title: {
      en: 'A context that names an unknown key, or brings its own, is refused',
      it: 'Un contesto che indica una chiave ignota, o ne porta una, è rifiutato',
    },
    change: {
      en: `Take keys only from the set you were given; refuse any header member besides alg, typ and kid (jwk, jku, x5u). ${steps.en} 2.`,
      it: `Usare solo le chiavi ricevute; rifiutare ogni membro dell'intestazione oltre ad alg, typ e kid (jwk, jku, x5u). ${steps.it} 2.`,
    },
    tryOn(trial) {
      const key = trial.forge.strangersKey('conformance-stranger');
      const { kty, crv, x, kid } = key;
      return mustRefuse(trial, [
        {
          what: 'a context that names a key you do not have',
          options: changed({ key, header: { kid } }),
        },
        {
          what: 'a context that brings its own key (jwk)',
          options: changed({ key, header: { kid, jwk: { kty, crv, x, kid } } }),
        },
      ]);
    },
  },
  {
    code: 'CONTEXT_ALGORITHM_FIXED',
    title: {
      en: 'A context with another algorithm (none, HS256) is refused',
      it: 'Un contesto con un altro algoritmo (none, HS256) è rifiutato',
    },
    change: {
      en: `Verify with Ed25519 whatever the header says, and refuse alg other than EdDSA. ${steps.en} 2.`,
      it: `Verificare con Ed25519 qualunque cosa dica l'intestazione e rifiutare alg diverso da EdDSA. ${steps.it} 2.`,
    },
    tryOn: (trial) =>
      mustRefuse(trial, [
        {
          what: 'a context with alg none and no seal',
          options: changed({ header: { alg: 'none' }, seal: () => '' }),
        },
        ...trial.forge.hmacSeals().map((seal) => ({
          what: 'a context with alg HS256, sealed with your public key as the secret',
          options: changed({ header: { alg: 'HS256' }, seal }),
        })),
      ]),
  },
  {
    code: 'CONTEXT_TYPE_CHECKED',
    title: {
      en: 'Another kind of token signed with the same key is refused',
      it: 'Un altro tipo di token firmato con la stessa chiave è rifiutato',
    },
    change: {
      en: `Refuse typ other than tavolo-context+jwt. ${steps.en} 2.`,
      it: `Rifiutare typ diverso da tavolo-context+jwt. ${steps.it} 2.`,
    },
    tryOn: (trial) =>
      mustRefuse(trial, [
        { what: 'a context with typ JWT', options: changed({ header: { typ: 'JWT' } }) },
      ]),
  },
  {
    code: 'CONTEXT_AUDIENCE_CHECKED',
    title: {
      en: 'A context meant for another subgraph is refused',
      it: 'Un contesto destinato a un altro sottografo è rifiutato',
    },
    change: {
      en: `Refuse unless aud is the name of your subgraph: one text, no list. ${steps.en} 4.`,
      it: `Rifiutare se aud non è il nome del proprio sottografo: un testo, non una lista. ${steps.it} 4.`,
    },
    tryOn: (trial) =>
      mustRefuse(trial, [
        {
          what: 'a context for another subgraph',
          options: changed({ claims: { aud: 'conformance-elsewhere' } }),
        },
        { what: 'a context for nobody', options: changed({ claims: { aud: undefined } }) },
      ]),
  },
  {
    code: 'CONTEXT_ISSUER_CHECKED',
    title: {
      en: 'A context of another issuer is refused',
      it: 'Un contesto di un altro emittente è rifiutato',
    },
    change: {
      en: `Refuse unless iss is the name of the gateway. ${steps.en} 4.`,
      it: `Rifiutare se iss non è il nome del gateway. ${steps.it} 4.`,
    },
    tryOn: (trial) =>
      mustRefuse(trial, [
        {
          what: 'a context of another issuer',
          options: changed({ claims: { iss: 'conformance-elsewhere' } }),
        },
      ]),
  },
  {
    code: 'CONTEXT_SEAL_CANONICAL',
    title: {
      en: 'A seal written in another way than the canonical one is refused',
      it: 'Una firma scritta in forma non canonica è rifiutata',
    },
    change: {
      en: `Encode the decoded signature again and refuse unless it is the same text (86 characters, no padding). ${steps.en} 3.`,
      it: `Ricodificare la firma decodificata e rifiutare se il testo non è identico (86 caratteri, senza “=”). ${steps.it} 3.`,
    },
    tryOn(trial) {
      const right = () => trial.forge.make(plainQuestion, trial.talk.anybody);
      return mustRefuse(trial, [
        {
          what: 'a right seal with other spare bits in its last character',
          options: { context: withSpareBits(right()) },
        },
        { what: 'a right seal with padding (==)', options: { context: `${right()}==` } },
      ]);
    },
  },
  {
    code: 'CONTEXT_LENGTH_BOUNDED',
    title: {
      en: 'A context of more than 8,192 characters is refused',
      it: 'Un contesto di oltre 8.192 caratteri è rifiutato',
    },
    change: {
      en: `Refuse a longer header before you decode it. ${steps.en} 1.`,
      it: `Rifiutare un'intestazione più lunga prima di decodificarla. ${steps.it} 1.`,
    },
    async tryOn(trial) {
      const what = 'a context of 9,000 characters, right otherwise';
      const options = changed({ claims: { padding: 'x'.repeat(6_400) } });
      const answer = await trial.talk.post(what, plainQuestion, options);
      const breach = breachOf(answer);
      return breach === null ? kept : broken(what, breach);
    },
  },
  {
    code: 'CONTEXT_ONE_HEADER',
    title: {
      en: 'A call with two contexts is refused',
      it: 'Una chiamata con due contesti è rifiutata',
    },
    change: {
      en: `Refuse when the header came more than once, instead of taking the first or the last. ${steps.en} 1.`,
      it: `Rifiutare se l'intestazione è presente più volte, invece di usare la prima o l'ultima. ${steps.it} 1.`,
    },
    tryOn(trial) {
      const one = () => trial.forge.make(plainQuestion, trial.talk.anybody);
      return mustRefuse(trial, [
        { what: 'two right contexts, a header line each', options: { context: [one(), one()] } },
      ]);
    },
  },
  {
    code: 'CONTEXT_REFUSAL_FORM',
    title: {
      en: 'A refused call gets 401, UNAUTHENTICATED and the reason, and nothing else',
      it: 'Una chiamata rifiutata riceve 401, UNAUTHENTICATED e il motivo, e nient’altro',
    },
    change: {
      en: `Answer HTTP 401 with {"errors":[{"message":"…","extensions":{"code":"UNAUTHENTICATED","reason":"…"}}]}; reason is one of ${contextRefusals.join(', ')}.`,
      it: `Rispondere HTTP 401 con {"errors":[{"message":"…","extensions":{"code":"UNAUTHENTICATED","reason":"…"}}]}; reason è uno di ${contextRefusals.join(', ')}.`,
    },
    async tryOn({ evidence }) {
      const exhibit = evidence.first.get('REFUSAL_FORM');
      if (exhibit !== undefined) return broken(exhibit.sent, exhibit.came);
      return evidence.refusals > 0 ? kept : notTried('no wrong context was refused');
    },
  },
];

/** Another text for the same 64 bytes: the last character has four bits that stand for nothing. */
function withSpareBits(context: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(context.at(-1) ?? 'A');
  return `${context.slice(0, -1)}${alphabet[last ^ 1] ?? 'B'}`;
}
