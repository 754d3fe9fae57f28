import { type Asked, askEntities, listOf } from '../ask-entities.ts';
import {
  broken,
  type ConformancePromise,
  kept,
  notTried,
  type Outcome,
  worstOf,
} from '../conformance-promise.ts';
import { type EntityKey, isSameKey, keyIn, keyOf, unknownKey } from '../entity-keys.ts';
import { errorsOf, isRecord } from '../http-answer.ts';
import { sayAnswer } from '../say-answer.ts';
import { selectFacts } from '../select-fields.ts';
import type { Entity } from '../subgraph-model.ts';
import { noModel, type Trial } from '../trial.ts';

export const noEntities = 'the subgraph has no entity that others may refer to';
export const noSamples =
  'no real key is known: give some with --samples FILE, {"Person": [{"…Key": "…"}]}';

/** Tries a promise on every entity of the subgraph. */
export async function onEachEntity(
  { model }: Trial,
  tryOne: (entity: Entity) => Promise<Outcome>,
): Promise<Outcome> {
  if (model === null) return notTried(noModel);
  const outcomes: Outcome[] = [];
  for (const entity of model.entities) {
    const outcome = await tryOne(entity);
    if (outcome.outcome === 'BROKEN') return outcome;
    outcomes.push(outcome);
  }
  return worstOf(outcomes, noEntities);
}

/** Keys of real things and of nobody, in turns; null = the key is of a kind that leaves no unknown value. */
function mixedKeys(trial: Trial, entity: Entity, count: number): EntityKey[] | null {
  const samples = trial.samplesOf(entity).slice(0, count);
  const id = trial.newId();
  const unknown = Array.from({ length: count }, (_, index) => unknownKey(entity, id, index));
  if (unknown.includes(null)) return null;
  return unknown.flatMap((key, index) => [samples[index], key].filter((one) => one != null));
}

/** What is wrong with a batch: its length, or an item that belongs to another key; null = nothing. */
function misplaced({ answer, keys, entity }: Asked): string | null {
  const list = listOf(answer);
  if (list === null) return `${sayAnswer(answer)}; no list at data._entities`;
  if (list.length !== keys.length)
    return `${list.length} answers to ${keys.length} representations`;
  for (const [index, item] of list.entries()) {
    if (item === null) continue;
    const key = keys[index];
    if (!isRecord(item) || key === undefined || !isSameKey(entity, keyIn(entity, item), key)) {
      return `place ${index} of ${keys.length} holds the answer to another key`;
    }
  }
  return null;
}

/** The references between institutions: answered in order, one by one, and cheaply. */
export const entityPromises: readonly ConformancePromise[] = [
  {
    code: 'ENTITIES_ORDER_KEPT',
    title: {
      en: '_entities answers in the order of the representations',
      it: '_entities risponde nell’ordine delle rappresentazioni',
    },
    change: {
      en: 'Line the rows up with the keys that were asked (a DataLoader must give one result per key, in the order of the keys, null where there is none); a database answers in any order.',
      it: 'Riallineare le righe alle chiavi chieste (un DataLoader deve dare un risultato per chiave, nell’ordine delle chiavi, null dove manca); una base dati risponde in qualsiasi ordine.',
    },
    tryOn: (trial) =>
      onEachEntity(trial, async (entity) => {
        const keys = mixedKeys(trial, entity, 5);
        if (keys === null)
          return notTried('its key is of a kind of which no unknown value is left');
        let isTried = false;
        for (const order of [keys, keys.toReversed()]) {
          const asked = await askEntities(trial, entity, order);
          const wrong = misplaced(asked);
          if (wrong !== null) return broken(asked.sent, wrong);
          isTried ||= listOf(asked.answer)?.some((item) => item !== null) ?? false;
        }
        return isTried ? kept : notTried(noSamples);
      }),
  },
  {
    code: 'ENTITIES_UNKNOWN_IS_NULL',
    title: {
      en: 'A key that nobody has is answered with null, without an error, and nothing is told of it',
      it: 'Una chiave sconosciuta riceve null, senza errore, e di essa non si dice nulla',
    },
    change: {
      en: 'Answer null (or an object whose lists are empty and whose fields are null) for a key you do not have; no error: an error tells that a key is unknown, and breaks the whole question.',
      it: 'Per una chiave non presente rispondere null (o un oggetto con liste vuote e campi null), senza errori: un errore rivela che la chiave è ignota e fa fallire la domanda.',
    },
    tryOn: (trial) =>
      onEachEntity(trial, async (entity) => {
        const key = unknownKey(entity, trial.newId(), 0);
        if (key === null) return notTried('its key is of a kind of which no unknown value is left');
        const names = new Set(entity.leaves.map(({ path }) => path[0] ?? ''));
        const facts = selectFacts(entity.type, names);
        const asked = await askEntities(trial, entity, [key], facts);
        const [item] = listOf(asked.answer) ?? [undefined];
        if (errorsOf(asked.answer).length > 0 || item === undefined) {
          return broken(asked.sent, sayAnswer(asked.answer));
        }
        if (item === null || !isRecord(item)) return kept;
        const told = Object.entries(item).filter(
          ([name, value]) => name !== '__typename' && !names.has(name) && !isNothing(value),
        );
        if (told.length === 0) return kept;
        return broken(
          asked.sent,
          `of an unknown key it tells ${told.map(([name]) => name).join(', ')}`,
        );
      }),
  },
  {
    code: 'ENTITIES_NULL_KEY_IS_NULL',
    title: {
      en: 'A representation whose key is null or missing is answered with null, without an error',
      it: 'Una rappresentazione con chiave null o assente riceve null, senza errore',
    },
    change: {
      en: 'Return null from the reference resolver when the key is null or missing, before a loader or a store is asked: the gateway asks about people of whom you have no key.',
      it: 'Restituire null dal risolutore di riferimento se la chiave è null o manca, prima di interrogare loader o archivio: il gateway chiede anche di persone di cui non si ha la chiave.',
    },
    tryOn: (trial) =>
      onEachEntity(trial, async (entity) => {
        const nulls: EntityKey = Object.fromEntries(
          entity.leaves.map(({ path }) => [path[0] ?? '', null]),
        );
        const asked = await askEntities(trial, entity, [nulls, {}]);
        const list = listOf(asked.answer);
        const isRight =
          errorsOf(asked.answer).length === 0 &&
          list?.length === 2 &&
          list.every((item) => item === null);
        return isRight
          ? kept
          : broken(`${asked.sent}, the key null and then missing`, sayAnswer(asked.answer));
      }),
  },
  {
    code: 'ENTITIES_WRONG_KEY_ALONE',
    title: {
      en: 'A key of the wrong kind costs its own answer only',
      it: 'Una chiave di tipo sbagliato costa solo la propria risposta',
    },
    change: {
      en: 'Check the kind of each key in the reference resolver (typeof key === "string") and return null or reject for that one: never throw while the list is being made, and never give the database a value of another kind.',
      it: 'Controllare il tipo di ogni chiave nel risolutore di riferimento (typeof key === "string") e restituire null o un errore per quella sola: mai un’eccezione mentre si compone la lista, né alla base dati un valore di altro tipo.',
    },
    tryOn: (trial) =>
      onEachEntity(trial, async (entity) => {
        const good = goodKey(trial, entity);
        if (good === null)
          return notTried('its key is of a kind of which no unknown value is left');
        for (const wrong of [{ nested: [1] }, ['a list'], true]) {
          const bad = keyOf(entity, () => wrong);
          const verdict = await batchSurvives(
            trial,
            entity,
            [good, bad ?? {}, good],
            'a key of the wrong kind',
          );
          if (verdict !== kept) return verdict;
        }
        return kept;
      }),
  },
  {
    code: 'ENTITIES_UNKNOWN_TYPE_ALONE',
    title: {
      en: 'A representation without __typename, or of a type it does not have, costs its own answer only',
      it: 'Una rappresentazione senza __typename, o di un tipo non presente, costa solo la propria risposta',
    },
    change: {
      en: 'Resolve each representation apart. @apollo/subgraph throws for the whole list: replace the resolver of Query._entities by one that calls the library’s with one representation at a time and puts the Error in its place in the list (the template of tavolo subgraph init shows it).',
      it: 'Risolvere ogni rappresentazione separatamente. @apollo/subgraph fallisce per l’intera lista: sostituire il risolutore di Query._entities con uno che chiama quello della libreria una rappresentazione alla volta e mette l’errore al suo posto nella lista (lo mostra il modello di tavolo subgraph init).',
    },
    tryOn: (trial) =>
      onEachEntity(trial, async (entity) => {
        const good = goodKey(trial, entity);
        if (good === null)
          return notTried('its key is of a kind of which no unknown value is left');
        for (const typename of [undefined, 'ConformanceNoSuchType', 'Query']) {
          const bad = { ...good, __typename: typename ?? null };
          const what =
            typename === undefined ? 'one without __typename' : `one of the type ${typename}`;
          const verdict = await batchSurvives(trial, entity, [good, bad, good], what);
          if (verdict !== kept) return verdict;
        }
        return kept;
      }),
  },
  {
    code: 'ENTITIES_DUPLICATES_ANSWERED',
    title: {
      en: 'The same key twice is answered twice, the same',
      it: 'La stessa chiave due volte riceve due volte la stessa risposta',
    },
    change: {
      en: 'Give one result per representation, not one per row that was found: a query with IN (…) returns a row once.',
      it: 'Dare un risultato per rappresentazione, non uno per riga trovata: una query con IN (…) restituisce ogni riga una volta.',
    },
    tryOn: (trial) =>
      onEachEntity(trial, async (entity) => {
        const [one = null, two = null] = trial.samplesOf(entity);
        const key = one ?? unknownKey(entity, trial.newId(), 0);
        if (key === null) return notTried('its key is of a kind of which no unknown value is left');
        const asked = await askEntities(trial, entity, [
          key,
          key,
          ...(two === null ? [] : [two]),
          key,
        ]);
        const wrong = misplaced(asked);
        if (wrong !== null) return broken(`${asked.sent}, one key three times`, wrong);
        const list = listOf(asked.answer) ?? [];
        const written = [list[0], list[1], list.at(-1)].map((item) => JSON.stringify(item));
        if (new Set(written).size > 1) {
          return broken(`${asked.sent}, one key three times`, sayAnswer(asked.answer));
        }
        return one !== null || list[0] !== null ? kept : notTried(noSamples);
      }),
  },
  {
    code: 'ENTITIES_EMPTY_LIST',
    title: {
      en: 'No representations are answered with an empty list',
      it: 'Nessuna rappresentazione riceve una lista vuota',
    },
    change: {
      en: 'Answer [] when representations is []; some databases refuse IN ().',
      it: 'Rispondere [] se representations è []; alcune basi dati rifiutano IN ().',
    },
    async tryOn(trial) {
      const [entity] = trial.model?.entities ?? [];
      if (trial.model === null) return notTried(noModel);
      if (entity === undefined) return notTried(noEntities);
      const asked = await askEntities(trial, entity, []);
      const isRight = listOf(asked.answer)?.length === 0 && errorsOf(asked.answer).length === 0;
      return isRight ? kept : broken(asked.sent, sayAnswer(asked.answer));
    },
  },
];

function goodKey(trial: Trial, entity: Entity): EntityKey | null {
  return trial.samplesOf(entity)[0] ?? unknownKey(entity, trial.newId(), 0);
}

/** Whether the first and the last of three representations are answered as if the one between were not there. */
async function batchSurvives(
  trial: Trial,
  entity: Entity,
  keys: readonly EntityKey[],
  what: string,
): Promise<Outcome> {
  const [good = {}] = keys;
  const alone = await askEntities(trial, entity, [good]);
  const asked = await askEntities(trial, entity, keys);
  const sent = `${asked.sent}, the middle one ${what}`;
  const list = listOf(asked.answer);
  const expected = JSON.stringify(listOf(alone.answer)?.[0] ?? null);
  const isWhole =
    list?.length === 3 &&
    JSON.stringify(list[0]) === expected &&
    JSON.stringify(list[2]) === expected &&
    list[1] === null;
  if (!isWhole) return broken(sent, sayAnswer(asked.answer));
  // Mercurius writes places of a list as text.
  const elsewhere = errorsOf(asked.answer).filter(({ path }) => String(path?.[1]) !== '1');
  return elsewhere.length === 0
    ? kept
    : broken(sent, `${sayAnswer(asked.answer)}: an error that is not of the middle one`);
}

const isNothing = (value: unknown): boolean =>
  value === null || value === 0 || value === false || (Array.isArray(value) && value.length === 0);
