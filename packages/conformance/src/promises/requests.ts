import { broken, type ConformancePromise, kept, notTried } from '../conformance-promise.ts';
import { dataOf, errorsOf, hasCode, isRecord, NoAnswer } from '../http-answer.ts';
import { plainQuestion } from '../plain-question.ts';
import { sayAnswer } from '../say-answer.ts';

const overLimitBytes = 5 * 1024 * 1024;

/** How it takes requests that are no good questions. */
export const requestPromises: readonly ConformancePromise[] = [
  {
    code: 'MALFORMED_JSON_REFUSED',
    title: {
      en: 'A body that is no JSON gets 400, in JSON',
      it: 'Un corpo che non è JSON riceve 400, in JSON',
    },
    change: {
      en: 'Answer 400 with {"errors":[{"message":"…","extensions":{"code":"BAD_REQUEST"}}]}: no HTML page, no stack, nothing of the body.',
      it: 'Rispondere 400 con {"errors":[{"message":"…","extensions":{"code":"BAD_REQUEST"}}]}: niente pagina HTML, stack o parti del corpo.',
    },
    async tryOn({ talk, marker }) {
      const what = 'a body that ends in the middle of its JSON, with a right context';
      const answer = await talk.post(
        what,
        `{"query": "{ __typename }", "variables": {"a": "${marker}`,
      );
      const isRight =
        answer.status === 400 && errorsOf(answer).length > 0 && dataOf(answer) === null;
      return isRight ? kept : broken(what, sayAnswer(answer));
    },
  },
  {
    code: 'UNKNOWN_FIELD_NAMED',
    title: {
      en: 'A field it does not have gets 400 and GRAPHQL_VALIDATION_FAILED',
      it: 'Un campo inesistente riceve 400 e GRAPHQL_VALIDATION_FAILED',
    },
    change: {
      en: 'Answer HTTP 400 and extensions.code GRAPHQL_VALIDATION_FAILED when a question does not fit the schema: by this code the hub knows that your server and your published schema differ.',
      it: 'Rispondere HTTP 400 ed extensions.code GRAPHQL_VALIDATION_FAILED se la domanda non è conforme allo schema: da questo codice l’hub sa che servizio e schema pubblicato divergono.',
    },
    async tryOn({ talk }) {
      const what = '{ conformanceNoSuchField }';
      const answer = await talk.ask(what, what);
      const isRight = answer.status === 400 && hasCode(answer, 'GRAPHQL_VALIDATION_FAILED');
      return isRight ? kept : broken(what, sayAnswer(answer));
    },
  },
  {
    code: 'UNKNOWN_OPERATION_REFUSED',
    title: {
      en: 'An operationName that the document does not have gets 400',
      it: 'Un operationName assente dal documento riceve 400',
    },
    change: {
      en: 'Answer HTTP 400 with a code such as OPERATION_RESOLUTION_FAILURE, not 500 and not the first operation.',
      it: 'Rispondere HTTP 400 con un codice come OPERATION_RESOLUTION_FAILURE, non 500 e non la prima operazione.',
    },
    async tryOn({ talk }) {
      const what = 'query One { __typename } with operationName "Two"';
      const body = JSON.stringify({ query: 'query One { __typename }', operationName: 'Two' });
      const answer = await talk.post(what, body);
      const isRight =
        answer.status === 400 && errorsOf(answer).length > 0 && dataOf(answer) === null;
      return isRight ? kept : broken(what, sayAnswer(answer));
    },
  },
  {
    code: 'GET_REFUSED',
    title: {
      en: 'A question in a URL is refused, also with a context',
      it: 'Una domanda in un URL è rifiutata, anche con un contesto',
    },
    change: {
      en: 'Take questions by POST only (405 otherwise): no digest covers a URL, and URLs end up in logs.',
      it: 'Accettare domande solo con POST (altrimenti 405): nessun digest copre un URL, e gli URL finiscono nei log.',
    },
    async tryOn({ talk, forge }) {
      const sign = talk.path.includes('?') ? '&' : '?';
      const path = `${talk.path}${sign}query=%7B__typename%7D`;
      const what = 'GET with ?query={__typename} and a context for an empty body';
      const context = forge.make('', talk.anybody);
      const answer = await talk.post(what, '', { method: 'GET', path, context });
      const isRefused = answer.status >= 400 && answer.status < 500;
      const told = isRecord(answer.json) && answer.json['data'] != null;
      return isRefused && !told ? kept : broken(what, sayAnswer(answer));
    },
  },
  {
    code: 'CONTENT_TYPE_REFUSED',
    title: {
      en: 'A question that is not sent as application/json is refused',
      it: 'Una domanda non inviata come application/json è rifiutata',
    },
    change: {
      en: 'Answer 415 (or 400) to every content type but application/json: a web page can send text/plain without asking the browser.',
      it: 'Rispondere 415 (o 400) a ogni tipo di contenuto diverso da application/json: una pagina web può inviare text/plain senza chiedere al browser.',
    },
    async tryOn({ talk }) {
      for (const contentType of ['text/plain', 'application/x-www-form-urlencoded']) {
        const what = `a plain question as ${contentType}, with a right context`;
        const answer = await talk.post(what, plainQuestion, { contentType });
        const told = isRecord(answer.json) && answer.json['data'] != null;
        const isRefused = answer.status >= 400 && answer.status < 500;
        if (!isRefused || told) return broken(what, sayAnswer(answer));
      }
      return kept;
    },
  },
  {
    code: 'BODY_LIMITED',
    title: {
      en: 'A body of 5 MiB gets 413, and the subgraph lives on',
      it: 'Un corpo di 5 MiB riceve 413 e il sottografo continua a funzionare',
    },
    change: {
      en: 'Read at most 4 MiB of a body; then answer 413 with {"errors":[{"message":"…","extensions":{"code":"PAYLOAD_TOO_LARGE"}}]} and close the connection.',
      it: 'Leggere al massimo 4 MiB del corpo; poi rispondere 413 con {"errors":[{"message":"…","extensions":{"code":"PAYLOAD_TOO_LARGE"}}]} e chiudere la connessione.',
    },
    async tryOn({ talk }) {
      const what = 'a body of 5 MiB, with a right context';
      const padding = 'x'.repeat(overLimitBytes);
      const body = JSON.stringify({ query: '{ __typename }', variables: { padding } });
      try {
        const answer = await talk.post(what, body);
        if (answer.status !== 413) return broken(what, sayAnswer(answer));
      } catch (error) {
        // Who closes the connection while the body still comes has refused it too.
        if (!(error instanceof NoAnswer) || error.reason !== 'CONNECTION') throw error;
      }
      const after = await talk.post('a plain question after it', plainQuestion);
      return dataOf(after) === null
        ? broken(`${what}, then a plain question`, sayAnswer(after))
        : kept;
    },
  },
  {
    code: 'HEALTH_OPEN',
    title: {
      en: '/health/live and /health/ready answer anybody, and say nothing about data',
      it: '/health/live e /health/ready rispondono a chiunque e non dicono nulla dei dati',
    },
    change: {
      en: 'Answer GET /health/live with 200 {"status":"live"} and GET /health/ready with 200 or 503 {"status":"…"}, without a context, and nothing else: no numbers, versions, addresses.',
      it: 'Rispondere a GET /health/live con 200 {"status":"live"} e a GET /health/ready con 200 o 503 {"status":"…"}, senza contesto, e nient’altro: né numeri, né versioni, né indirizzi.',
    },
    async tryOn({ talk }) {
      for (const path of ['/health/live', '/health/ready']) {
        const what = `GET ${path} without a context`;
        const answer = await talk.post(what, '', { method: 'GET', path, context: null });
        const allowed = path === '/health/live' ? [200] : [200, 503];
        if (!allowed.includes(answer.status)) return broken(what, sayAnswer(answer));
        if (answer.text.length > 256) return broken(what, `${answer.text.length} characters`);
        if (/\d/u.test(answer.text))
          return broken(what, `HTTP ${answer.status}, numbers in its body`);
      }
      return kept;
    },
  },
  {
    code: 'ANSWER_FORM',
    title: {
      en: 'Answers are JSON, HTTP 200 where they hold data, and not compressed unasked',
      it: 'Le risposte sono JSON, HTTP 200 se contengono dati, non compresse se non richiesto',
    },
    change: {
      en: 'Answer application/json or application/graphql-response+json, with 200 wherever data is not null (errors beside it included), and honour accept-encoding: identity.',
      it: 'Rispondere application/json o application/graphql-response+json, con 200 quando data non è null (anche con errori), e rispettare accept-encoding: identity.',
    },
    async tryOn({ evidence }) {
      const exhibit = evidence.first.get('FORM');
      if (exhibit !== undefined) return broken(exhibit.sent, exhibit.came);
      return evidence.answersWithData > 0 ? kept : notTried('no answer held data');
    },
  },
];
