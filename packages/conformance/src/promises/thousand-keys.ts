import { askEntities, listOf } from '../ask-entities.ts';
import { broken, type ConformancePromise, kept, notTried } from '../conformance-promise.ts';
import { type EntityKey, isSameKey, keyIn, unknownKey } from '../entity-keys.ts';
import { type HttpAnswer, isRecord } from '../http-answer.ts';
import { sayAnswer } from '../say-answer.ts';
import { selectFacts } from '../select-fields.ts';
import type { Entity } from '../subgraph-model.ts';
import type { Trial } from '../trial.ts';
import { noSamples, onEachEntity } from './entities.ts';

const maxTimes = 20;
const noUnknown = 'its key is of a kind of which no unknown value is left';
const loader = {
  en: 'Collect the keys of one call and ask the store once (a DataLoader made anew for each request; in SQL, WHERE key = ANY($1)); never one query for each key.',
  it: 'Raccogliere le chiavi di una chiamata e interrogare l’archivio una volta (un DataLoader nuovo per ogni richiesta; in SQL, WHERE key = ANY($1)); mai una query per chiave.',
};

/** Real keys, each once, among unknown ones. */
function thousandKeys(trial: Trial, entity: Entity): EntityKey[] | null {
  const many = trial.limits.manyKeys;
  const samples = trial.samplesOf(entity).slice(0, many / 2);
  const id = trial.newId();
  const unknown = Array.from({ length: many - samples.length }, (_, index) =>
    unknownKey(entity, id, index),
  );
  const known = unknown.flatMap((key) => (key === null ? [] : [key]));
  if (known.length < unknown.length) return null;
  const step = Math.max(1, Math.floor(many / Math.max(samples.length, 1)));
  for (const [index, sample] of samples.entries()) known.splice(index * step, 0, sample);
  return known;
}

function factsOf(entity: Entity): string {
  return selectFacts(entity.type, new Set(entity.leaves.map(({ path }) => path[0] ?? '')));
}

/** What a thousand references in one call cost. */
export const thousandKeysPromises: readonly ConformancePromise[] = [
  {
    code: 'ENTITIES_THOUSAND_ANSWERED',
    title: {
      en: '1,000 keys in one call are answered, in order',
      it: '1.000 chiavi in una chiamata ricevono risposta, in ordine',
    },
    change: {
      en: 'Take bodies up to 4 MiB, and lists of keys as long as they come (some databases take 999 parameters: pass one array, or ask in parts).',
      it: 'Accettare corpi fino a 4 MiB e liste di chiavi della lunghezza che arriva (alcune basi dati accettano 999 parametri: passare un array o dividere).',
    },
    tryOn: (trial) =>
      onEachEntity(trial, async (entity) => {
        const keys = thousandKeys(trial, entity);
        if (keys === null) return notTried(noUnknown);
        const asked = await askEntities(trial, entity, keys, factsOf(entity));
        const list = listOf(asked.answer);
        if (list?.length !== keys.length) return broken(asked.sent, sayAnswer(asked.answer));
        const wrong = list.findIndex(
          (item, index) =>
            item !== null && !isSameKey(entity, keyIn(entity, item), keys[index] ?? null),
        );
        return wrong === -1
          ? kept
          : broken(asked.sent, `place ${wrong} holds the answer to another key`);
      }),
  },
  {
    code: 'ENTITIES_THOUSAND_IN_TIME',
    title: {
      en: '1,000 keys take no more than twenty times as long as one',
      it: '1.000 chiavi richiedono al massimo venti volte il tempo di una',
    },
    change: loader,
    tryOn: (trial) =>
      onEachEntity(trial, async (entity) => {
        const keys = thousandKeys(trial, entity);
        const [first] = keys ?? [];
        if (keys === null || first === undefined) return notTried(noUnknown);
        const facts = factsOf(entity);
        const one = await fastestOf(3, () => askEntities(trial, entity, [first], facts));
        // The second time is the better measure: the first one may have compiled the question.
        const all = await fastestOf(2, () => askEntities(trial, entity, keys, facts));
        const allowed = one.milliseconds * maxTimes + trial.limits.manyKeysFloorMs;
        if (all.milliseconds <= allowed) return kept;
        return broken(
          all.sent,
          `${Math.round(all.milliseconds)} ms for ${keys.length} keys, ${Math.round(one.milliseconds)} ms for one (allowed: ${Math.round(allowed)} ms)`,
        );
      }),
  },
  {
    code: 'ENTITIES_BACKEND_CALLS_BOUNDED',
    title: {
      en: '1,000 keys ask the store a few times, not 1,000',
      it: '1.000 chiavi interrogano l’archivio poche volte, non 1.000',
    },
    change: loader,
    tryOn: (trial) =>
      onEachEntity(trial, async (entity) => {
        const keys = thousandKeys(trial, entity);
        const [first] = keys ?? [];
        if (keys === null || first === undefined) return notTried(noUnknown);
        const facts = factsOf(entity);
        const one = backendCalls((await askEntities(trial, entity, [first], facts)).answer);
        const asked = await askEntities(trial, entity, keys, facts);
        const all = backendCalls(asked.answer);
        if (one === null || all === null) {
          return notTried(
            'the subgraph does not say how often it asks its store (a number at extensions.source.backendCalls would); only the time was measured',
          );
        }
        if (trial.samplesOf(entity).length === 0 && all === 0) return notTried(noSamples);
        const allowed = one * 10 + 10;
        return all <= allowed
          ? kept
          : broken(
              asked.sent,
              `${all} calls of the store for ${keys.length} keys, ${one} for one (allowed: ${allowed})`,
            );
      }),
  },
];

interface Timed {
  readonly sent: string;
  readonly milliseconds: number;
}

async function fastestOf(
  times: number,
  ask: () => Promise<{ readonly sent: string; readonly answer: HttpAnswer }>,
): Promise<Timed> {
  let best: Timed | undefined;
  for (let time = 0; time < times; time += 1) {
    const { sent, answer } = await ask();
    if (best === undefined || answer.milliseconds < best.milliseconds) {
      best = { sent, milliseconds: answer.milliseconds };
    }
  }
  return best ?? { sent: '', milliseconds: 0 };
}

function backendCalls({ json }: HttpAnswer): number | null {
  const extensions = isRecord(json) ? json['extensions'] : undefined;
  const source = isRecord(extensions) ? extensions['source'] : undefined;
  const calls = isRecord(source) ? source['backendCalls'] : undefined;
  return typeof calls === 'number' && Number.isFinite(calls) ? calls : null;
}
