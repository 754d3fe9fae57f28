import type { EntityCache, EntityCacheKey } from '../../entity-cache/entity-cache.ts';
import { entityIdentity } from '../../entity-cache/entity-identity.ts';
import type { OperationContext } from '../../operation-context.ts';
import type { SourceEntry } from '../../sources.ts';
import { isWritableJson } from '../is-writable-json.ts';
import { type JsonObject, ownValue } from '../json-object.ts';
import type { SubgraphReply } from '../subgraph-source.ts';
import type { EntityQuestion, OpenQuestion } from './call-of-group.ts';
import { type KeptEntity, readKept, writeKept } from './kept-entity.ts';

/** Entities that an earlier operation was told of, of whoever may be told the same. */
export interface CachedEntities {
  /**
   * Looks up, at once, all references of the questions to one subgraph that may be kept, and tells the operation's
   * sources and calls what was there. `undefined` where nothing may be.
   */
  find(
    questions: readonly OpenQuestion[],
    variables: Readonly<Record<string, unknown>>,
    operation: OperationContext,
  ): Promise<CachedAnswers | undefined>;
}

/** What was there, and where to keep what was not. */
export interface CachedAnswers {
  readonly found: readonly FoundEntity[];
  /** Keeps what came back without an error; to be called before the reply is merged into anything. */
  keep(questions: readonly EntityQuestion[], reply: SubgraphReply): void;
}

/** Fresh for each lookup: nobody else holds the object. */
interface FoundEntity {
  readonly question: OpenQuestion;
  readonly reference: string;
  readonly entity: JsonObject | null;
}

type Fetch = OpenQuestion['step'];

interface Wanted {
  readonly question: OpenQuestion;
  readonly reference: string;
  readonly key: EntityCacheKey;
}

/** Whether it is worth a look. */
export const mayBeCached = ({ step }: OpenQuestion): boolean => step.cacheMaxAgeSeconds !== null;

export function createCachedEntities(parts: {
  readonly cache: Pick<EntityCache, 'find'>;
  readonly now: () => Date;
}): CachedEntities {
  const { cache, now } = parts;
  /** Two calls of one run may share a reply, and what was merged is not what the subgraph answered any more. */
  const seen = new WeakSet<SubgraphReply>();

  return {
    async find(questions, variables, operation) {
      const wanted = questions.flatMap((question) => wantedOf(question, variables, operation));
      if (wanted.length === 0) return undefined;
      const startedAt = performance.now();
      const lookup = await cache.find(wanted.map(({ key }) => key));
      const places = new Map<string, number>();
      const found: FoundEntity[] = [];
      const kept: (KeptEntity & { readonly storedAt: number })[] = [];
      for (const [place, { question, reference }] of wanted.entries()) {
        places.set(placeKey(question.step, reference), place);
        const cached = lookup.entities[place];
        const entry = cached && readKept(cached.json);
        if (!entry) continue;
        found.push({ question, reference, entity: entry.entity });
        kept.push({ ...entry, storedAt: cached.storedAt });
      }
      const [first] = found;
      if (first) {
        const name = first.question.step.subgraph;
        for (const entry of sourcesOf(name, kept, now())) operation.sources.add(entry);
        const ms = Math.round(performance.now() - startedAt);
        operation.calls.push({ subgraph: name, ms, status: 'OK', cached: found.length });
      }
      return {
        found,
        keep(asked, reply) {
          const { data, errors, source } = reply;
          // What its owner calls old must not come back as if it were not.
          if (data === null || (source && source.status !== 'OK') || seen.has(reply)) return;
          seen.add(reply);
          const failed = failedEntities(asked, errors);
          if (!failed) return;
          for (const question of asked) {
            const { cacheMaxAgeSeconds } = question.step;
            if (cacheMaxAgeSeconds === null) continue;
            const jsons = new Array<string | undefined>(wanted.length);
            const list = ownValue(data, question.name);
            let index = 0;
            for (const reference of question.wanted.keys()) {
              const place = places.get(placeKey(question.step, reference));
              const entity: unknown = Array.isArray(list) ? list[index] : undefined;
              const isAsTold = !failed.has(placeName(question.name, index));
              if (place !== undefined && isAsTold && isWritableJson(entity)) {
                jsons[place] = writeKept(entity, source);
              }
              index += 1;
            }
            lookup.keep(jsons, cacheMaxAgeSeconds);
          }
        },
      };
    },
  };
}

/** Nothing where it may not be kept, where nobody signs for whom it is, and of a suspended institution. */
function wantedOf(
  question: OpenQuestion,
  variables: Readonly<Record<string, unknown>>,
  { passage }: OperationContext,
): Wanted[] {
  const { step, wanted } = question;
  const { subgraph, cacheMaxAgeSeconds } = step;
  if (cacheMaxAgeSeconds === null || !passage || passage.suspended(subgraph) !== undefined) {
    return [];
  }
  const authorisation = passage.cacheScope(subgraph);
  if (authorisation === undefined) return [];
  const selection = selectionOf(step, variables);
  return [...wanted.keys()].map((reference) => {
    // Written by this executor: an object with the name of its type.
    const representation = JSON.parse(reference) as { readonly __typename: string };
    return {
      question,
      reference,
      key: {
        subgraph,
        typeName: representation.__typename,
        representation: entityIdentity(representation),
        selection,
        authorisation,
      },
    };
  });
}

/** What is selected, with the values and the defaults of the variables in it. */
function selectionOf(
  { selection, variables: definitions }: Fetch,
  variables: Readonly<Record<string, unknown>>,
): string {
  if (definitions.size === 0) return selection;
  const given = [...definitions.keys()].map((name) =>
    Object.hasOwn(variables, name) ? [variables[name] ?? null] : [],
  );
  return `(${[...definitions.values()].join()})${selection}${JSON.stringify(given)}`;
}

/** One entry for all that was announced alike; the report adds them up. */
function sourcesOf(
  name: string,
  kept: readonly (KeptEntity & { readonly storedAt: number })[],
  now: Date,
): SourceEntry[] {
  const alike = new Map<string, { count: number; oldest: number; one: KeptEntity }>();
  for (const one of kept) {
    const key = `${one.asOf} ${one.completeness}`;
    const same = alike.get(key);
    if (!same) alike.set(key, { count: 1, oldest: one.storedAt, one });
    else {
      same.count += 1;
      same.oldest = Math.min(same.oldest, one.storedAt);
    }
  }
  return [...alike.values()].map(({ count, oldest, one: { asOf, completeness } }) => ({
    name,
    status: 'OK',
    asOf,
    completeness,
    cache: {
      entities: count,
      oldestAgeSeconds: Math.max(0, Math.floor((now.getTime() - oldest) / 1000)),
    },
  }));
}

/** By name and index; `undefined` where an error is not about one entity, and so may be about any. */
function failedEntities(
  asked: readonly EntityQuestion[],
  errors: SubgraphReply['errors'],
): ReadonlySet<string> | undefined {
  const failed = new Set<string>();
  for (const { path } of errors) {
    const [name, index] = path ?? [];
    if (typeof index !== 'number' || !asked.some((question) => question.name === name)) {
      return undefined;
    }
    failed.add(placeName(String(name), index));
  }
  return failed;
}

const placeKey = (step: Fetch, reference: string) => `${step.question} ${reference}`;
const placeName = (name: string, index: number) => `${name} ${index}`;
