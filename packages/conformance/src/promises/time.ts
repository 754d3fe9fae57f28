import { askEntities } from '../ask-entities.ts';
import { broken, type ConformancePromise, kept } from '../conformance-promise.ts';
import type { CallOptions } from '../conversation.ts';
import { unknownKey } from '../entity-keys.ts';
import { dataOf, type HttpAnswer, NoAnswer } from '../http-answer.ts';
import { plainQuestion } from '../plain-question.ts';
import { readPage } from '../read-page.ts';
import { sayAnswer } from '../say-answer.ts';
import { selectFacts } from '../select-fields.ts';
import type { Trial } from '../trial.ts';

const shortDeadlineMs = 50;
const abandoned = 20;
const waves = 4;
const parallel = 25;

/** The most work that can be asked for in one question without knowing the data. */
async function heavyQuestion(
  trial: Trial,
  options: CallOptions,
): Promise<{ readonly sent: string; readonly answer: HttpAnswer }> {
  const [list] = trial.model?.lists ?? [];
  const [entity] = trial.model?.entities ?? [];
  if (entity !== undefined) {
    const id = trial.newId();
    const unknown = Array.from({ length: Math.ceil(trial.limits.manyKeys / 2) }, (_, index) =>
      unknownKey(entity, id, index),
    );
    const keys = [...trial.samplesOf(entity), ...unknown].flatMap((key) =>
      key === null ? [] : [key],
    );
    const facts = selectFacts(entity.type, new Set(entity.leaves.map(({ path }) => path[0] ?? '')));
    return askEntities(trial, entity, keys, facts, options);
  }
  if (list !== undefined) return readPage(trial, list, { first: 100, depth: 2 }, options);
  return {
    sent: 'a plain question',
    answer: await trial.talk.post('a plain question', plainQuestion, options),
  };
}

/** How it minds other people's time. */
export const timePromises: readonly ConformancePromise[] = [
  {
    code: 'DEADLINE_RESPECTED',
    title: {
      en: 'An answer comes, or the call ends, about when x-deadline-ms says',
      it: 'La risposta arriva, o la chiamata termina, circa entro x-deadline-ms',
    },
    change: {
      en: 'Read x-deadline-ms (milliseconds from now), cancel the store’s query when it is over (statement_timeout, AbortSignal) and answer with the code UNAVAILABLE: nobody waits any longer.',
      it: 'Leggere x-deadline-ms (millisecondi da ora), annullare l’interrogazione allo scadere (statement_timeout, AbortSignal) e rispondere con il codice UNAVAILABLE: nessuno attende più.',
    },
    async tryOn(trial) {
      const startedAt = performance.now();
      const { sent, answer } = await heavyQuestion(trial, { deadlineMs: shortDeadlineMs });
      const took = Math.round(performance.now() - startedAt);
      const allowed = shortDeadlineMs + trial.limits.deadlineGraceMs;
      if (took <= allowed) return kept;
      return broken(
        `${sent} with x-deadline-ms: ${shortDeadlineMs}`,
        `${sayAnswer(answer)} after ${took} ms (allowed: ${allowed} ms)`,
      );
    },
  },
  {
    code: 'ABORT_SURVIVED',
    title: {
      en: 'Callers who hang up in the middle leave it as quick as before',
      it: 'Chi interrompe la chiamata a metà non la rallenta',
    },
    change: {
      en: 'Stop the work of a call whose connection closed, release its database connection in every case (finally), and let no error of a closed socket end the process.',
      it: 'Interrompere il lavoro di una chiamata la cui connessione si è chiusa, rilasciare sempre la connessione alla base dati (finally) e non lasciare che un errore di socket chiuda il processo.',
    },
    async tryOn(trial) {
      const plain = () => trial.talk.post('a plain question', plainQuestion);
      const times = [await plain(), await plain(), await plain()].map(
        ({ milliseconds }) => milliseconds,
      );
      const before = Math.min(...times);
      const whole = await heavyQuestion(trial, {});
      for (let wave = 0; wave < waves; wave += 1) {
        await Promise.all(
          Array.from({ length: abandoned / waves }, async (_, index) => {
            // At another moment of its work each.
            const share = (wave + index / (abandoned / waves)) / waves;
            const controller = new AbortController();
            const asking = heavyQuestion(trial, { signal: controller.signal });
            const timer = setTimeout(() => controller.abort(), whole.answer.milliseconds * share);
            try {
              await asking;
            } catch (error) {
              if (!(error instanceof NoAnswer)) throw error;
            } finally {
              clearTimeout(timer);
            }
          }),
        );
      }
      const sent = `${abandoned} questions whose caller hung up, then a plain one`;
      const after = await plain();
      if (dataOf(after) === null) return broken(sent, sayAnswer(after));
      const allowed = before * 20 + trial.limits.deadlineGraceMs;
      if (after.milliseconds <= allowed) return kept;
      return broken(
        sent,
        `the plain question took ${Math.round(after.milliseconds)} ms, before ${Math.round(before)} ms`,
      );
    },
  },
  {
    code: 'PARALLEL_ANSWERED',
    title: {
      en: 'Questions asked at the same time each get their own answer',
      it: 'Domande contemporanee ricevono ciascuna la propria risposta',
    },
    change: {
      en: 'Keep nothing of a call outside of it (loaders, caller, variables made anew for each request), and enough connections to the store.',
      it: 'Non tenere nulla di una chiamata fuori da essa (loader, chiamante, variabili nuovi per ogni richiesta) e abbastanza connessioni all’archivio.',
    },
    async tryOn({ talk }) {
      const names = Array.from({ length: parallel }, (_, index) => `own${index}`);
      const answers = await Promise.all(
        names.map((name) => talk.ask(`{ ${name}: __typename }`, `{ ${name}: __typename }`)),
      );
      const wrong = answers.findIndex((answer, index) => {
        const data = dataOf(answer);
        return data === null || Object.keys(data).join() !== names[index];
      });
      const answer = answers[wrong];
      if (answer === undefined) return kept;
      return broken(`${parallel} different questions at the same time`, sayAnswer(answer));
    },
  },
];
