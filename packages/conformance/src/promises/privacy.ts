import { askEntities, listOf } from '../ask-entities.ts';
import {
  broken,
  type ConformancePromise,
  kept,
  notTried,
  type Outcome,
} from '../conformance-promise.ts';
import type { ExhibitKind } from '../evidence.ts';
import { isRecord } from '../http-answer.ts';
import { isAboutPeople } from '../is-about-people.ts';
import { readPage } from '../read-page.ts';
import { selectFacts } from '../select-fields.ts';
import { noModel, type Trial } from '../trial.ts';

function shown(trial: Trial, kind: ExhibitKind, count: number, reason: string): Outcome {
  const exhibit = trial.evidence.first.get(kind);
  if (exhibit !== undefined) return broken(exhibit.sent, exhibit.came);
  return count > 0 ? kept : notTried(reason);
}

const noData = 'no answer held data';
const noErrors = 'no answer held an error';

/** What answers never tell, looked for in all of them; so these come last. */
export const privacyPromises: readonly ConformancePromise[] = [
  {
    code: 'DISTRICTS_HONOURED',
    title: {
      en: 'A caller with no districts gets no row about anybody',
      it: 'Chi non ha distretti non riceve alcuna riga su persone',
    },
    change: {
      en: 'Take caller.districts into the condition of every query, references included: null = the whole province, [] = nobody. Not after the query: pages would have holes.',
      it: 'Portare caller.districts nella condizione di ogni query, riferimenti compresi: null = tutta la provincia, [] = nessuno. Non dopo la query: le pagine avrebbero buchi.',
    },
    async tryOn(trial) {
      const { model, talk } = trial;
      if (model === null) return notTried(noModel);
      const options = { caller: { ...talk.anybody, districts: [] } };
      let tried = 0;
      for (const list of model.lists.filter((paged) => isAboutPeople(paged, model))) {
        const all = await readPage(trial, list, { first: 10 });
        if ((all.nodes?.length ?? 0) === 0) continue;
        tried += 1;
        const caller = { ...trial.callerOf(list), districts: [] };
        const none = await readPage(trial, list, { first: 10 }, { caller });
        if ((none.nodes?.length ?? 0) > 0) {
          return broken(
            `${none.sent} for a caller with districts: []`,
            `${none.nodes?.length ?? 0} rows`,
          );
        }
        if ((none.totalCount ?? 0) > 0) {
          return broken(
            `${none.sent} for a caller with districts: []`,
            `totalCount ${none.totalCount ?? 0}`,
          );
        }
      }
      for (const entity of model.entities.filter(({ type }) =>
        isAboutPeople({ node: type }, model),
      )) {
        const keys = trial.samplesOf(entity).slice(0, 10);
        if (keys.length === 0) continue;
        const names = new Set(entity.leaves.map(({ path }) => path[0] ?? ''));
        tried += 1;
        const asked = await askEntities(
          trial,
          entity,
          keys,
          selectFacts(entity.type, names),
          options,
        );
        const told = (listOf(asked.answer) ?? []).flatMap((item) =>
          isRecord(item)
            ? Object.entries(item).filter(
                ([name, value]) => !names.has(name) && name !== '__typename' && isTold(value),
              )
            : [],
        );
        const [first] = told;
        if (first !== undefined) {
          return broken(
            `${asked.sent} for a caller with districts: []`,
            `${entity.type.name}.${first[0]} is told`,
          );
        }
      }
      return tried > 0
        ? kept
        : notTried('no rows about people were found, in lists or by --samples');
    },
  },
  {
    code: 'SOURCE_ON_EVERY_ANSWER',
    title: {
      en: 'Every answer with data says how good the source is, errors beside it or not',
      it: 'Ogni risposta con dati dice quanto è buona la fonte, con o senza errori',
    },
    change: {
      en: 'Put extensions.source on every answer that holds data: {"asOf": "2026-11-22T04:00:00Z", "completeness": 0.98, "stale": false}; when you cannot say, {"asOf": null, "completeness": null, "stale": true}.',
      it: 'Mettere extensions.source in ogni risposta con dati: {"asOf": "2026-11-22T04:00:00Z", "completeness": 0.98, "stale": false}; se non si può dire, {"asOf": null, "completeness": null, "stale": true}.',
    },
    async tryOn(trial) {
      return shown(trial, 'SOURCE_MISSING', trial.evidence.answersWithData, noData);
    },
  },
  {
    code: 'SOURCE_WELL_FORMED',
    title: {
      en: 'extensions.source is of the right form',
      it: 'extensions.source ha la forma giusta',
    },
    change: {
      en: 'asOf: null or RFC 3339 with an offset, not in the future; completeness: null or 0–1 (not per cent); stale: true or false.',
      it: 'asOf: null o RFC 3339 con fuso, non nel futuro; completeness: null o 0–1 (non in percentuale); stale: true o false.',
    },
    async tryOn(trial) {
      return shown(trial, 'SOURCE_MALFORMED', trial.evidence.answersWithData, noData);
    },
  },
  {
    code: 'ERRORS_HAVE_CODES',
    title: {
      en: 'Every error has a stable code',
      it: 'Ogni errore ha un codice stabile',
    },
    change: {
      en: 'Give each entry of errors an extensions.code in capitals: BAD_USER_INPUT, NOT_FOUND, UNAVAILABLE, FORBIDDEN, …; for what you did not foresee INTERNAL_SERVER_ERROR with an errorId that your log has too.',
      it: 'Dare a ogni voce di errors un extensions.code in maiuscolo: BAD_USER_INPUT, NOT_FOUND, UNAVAILABLE, FORBIDDEN, …; per l’imprevisto INTERNAL_SERVER_ERROR con un errorId presente anche nel proprio log.',
    },
    async tryOn(trial) {
      return shown(trial, 'NO_CODE', trial.evidence.answersWithErrors, noErrors);
    },
  },
  {
    code: 'ERRORS_TELL_NOTHING_INSIDE',
    title: {
      en: 'Errors tell nothing of the inside: no stack, SQL, path or address',
      it: 'Gli errori non rivelano l’interno: niente stack, SQL, percorsi o indirizzi',
    },
    change: {
      en: 'Mask what you did not write for a reader: a fixed sentence, INTERNAL_SERVER_ERROR and an errorId; the original goes to your log. Turn stack traces off (includeStacktraceInErrorResponses: false).',
      it: 'Mascherare ciò che non è scritto per chi legge: una frase fissa, INTERNAL_SERVER_ERROR e un errorId; l’originale va nel log. Disattivare gli stack (includeStacktraceInErrorResponses: false).',
    },
    async tryOn(trial) {
      return shown(trial, 'INSIDE', trial.evidence.answersWithErrors, noErrors);
    },
  },
  {
    code: 'ERRORS_QUOTE_NO_INPUT',
    title: {
      en: 'Errors do not repeat values that were sent',
      it: 'Gli errori non ripetono i valori inviati',
    },
    change: {
      en: 'Take values out of messages before they leave (graphql-js quotes variables: “got invalid value …”): a value may be about a person, and messages end up in logs and tickets.',
      it: 'Togliere i valori dai messaggi prima che escano (graphql-js cita le variabili: “got invalid value …”): un valore può riguardare una persona e i messaggi finiscono in log e segnalazioni.',
    },
    async tryOn(trial) {
      const { talk, marker, model } = trial;
      const [list] = model?.lists ?? [];
      const variables = { first: marker, representations: marker };
      if (list !== undefined) {
        const call = `${list.name}(${list.arguments}first: $first) { __typename }`;
        await talk.ask(
          'a text for a number, in a variable',
          `query ($first: Int) { ${call} }`,
          variables,
        );
        const literal = `{ ${list.name}(${list.arguments}first: "${marker}") { __typename } }`;
        await talk.ask('a text for a number, in the document', literal);
      }
      await talk.post(
        'variables that are no object',
        JSON.stringify({ query: '{ __typename }', variables: marker }),
      );
      await talk.ask('a variable of an unknown type', `query ($one: Int!) { __typename }`, {
        one: marker,
      });
      return shown(trial, 'QUOTED', trial.evidence.answersWithErrors, noErrors);
    },
  },
  {
    code: 'NO_IDENTIFIERS',
    title: {
      en: 'No answer holds a value by which somebody is known',
      it: 'Nessuna risposta contiene valori che identificano una persona',
    },
    change: {
      en: 'Take the field out, or answer a category or an opaque key in its place (derive it from your local id with a secret of yours); if it is in free text, do not answer free text.',
      it: 'Togliere il campo o rispondere con una categoria o una chiave opaca (derivata dall’identificativo locale con un proprio segreto); se è in un testo libero, non restituire testo libero.',
    },
    async tryOn(trial) {
      return shown(trial, 'IDENTIFIER', trial.evidence.answersWithData, noData);
    },
  },
  {
    code: 'NO_CANARIES',
    title: {
      en: 'None of the canaries planted in the source is in any answer',
      it: 'Nessuna delle esche inserite nella fonte compare in una risposta',
    },
    change: {
      en: 'Find the field by the question that is named here and take it out: the canary stands in a column that must not leave your institution.',
      it: 'Trovare il campo con la domanda qui indicata e toglierlo: l’esca è in una colonna che non deve lasciare l’ente.',
    },
    async tryOn(trial) {
      if (trial.evidence.canaryCount === 0)
        return notTried('no canaries were given (--canaries FILE)');
      return shown(trial, 'CANARY', trial.evidence.answersWithData, noData);
    },
  },
];

const isTold = (value: unknown): boolean =>
  value !== null && value !== 0 && value !== false && !(Array.isArray(value) && value.length === 0);
