import { getNamedType, isObjectType } from 'graphql';
import { type EntityKey, type EntityKeys, keyIn, writtenKey } from './entity-keys.ts';
import { dataOf, isRecord, NoAnswer } from './http-answer.ts';
import { requiredArguments } from './required-arguments.ts';
import type { Entity, PagedList, SubgraphModel } from './subgraph-model.ts';
import type { Trial } from './trial.ts';

const maxSamples = 20;

/** Real keys of each entity: those that were given, then those that the lists tell, one step below a row included. */
export async function findSamples(
  trial: Trial,
  model: SubgraphModel,
  given: EntityKeys,
): Promise<ReadonlyMap<Entity, readonly EntityKey[]>> {
  const found = new Map<Entity, EntityKey[]>();
  for (const entity of model.entities) {
    const keys = new Map<string, EntityKey>();
    const add = (candidate: unknown): void => {
      const key = keyIn(entity, candidate);
      if (key !== null && keys.size < maxSamples) keys.set(writtenKey(entity, key), key);
    };
    const own = Object.hasOwn(given, entity.type.name) ? given[entity.type.name] : undefined;
    for (const key of own ?? []) add(key);
    for (const list of model.lists) {
      if (keys.size >= maxSamples) break;
      for (const candidate of await candidatesIn(trial, list, entity)) add(candidate);
    }
    found.set(entity, [...keys.values()]);
  }
  return found;
}

async function candidatesIn(trial: Trial, list: PagedList, entity: Entity): Promise<unknown[]> {
  if (list.node === null) return [];
  const steps = list.node === entity.type ? [null] : [];
  const below = Object.values(list.node.getFields()).filter((field) => {
    const type = getNamedType(field.type);
    return isObjectType(type) && type === entity.type && requiredArguments(field) === '';
  });
  const found: unknown[] = [];
  for (const step of [...steps, ...below.map(({ name }) => name)].slice(0, 3)) {
    const key = `{ ${entity.keySelection} }`;
    const inner = step === null ? key : `{ ${step} ${key} }`;
    const nodes = list.hasNodes ? `nodes ${inner}` : `edges { node ${inner} }`;
    const query = `{ ${list.name}(${list.arguments}first: 50) { ${nodes} } }`;
    const rows = await rowsOf(trial, `${list.name}(first: 50)`, query, list);
    found.push(
      ...rows.flatMap((row) => (step === null ? [row] : isRecord(row) ? [row[step]].flat() : [])),
    );
  }
  return found;
}

async function rowsOf(
  { talk, callerOf }: Trial,
  what: string,
  query: string,
  list: PagedList,
): Promise<unknown[]> {
  try {
    const connection = dataOf(await talk.ask(what, query, {}, { caller: callerOf(list) }))?.[
      list.name
    ];
    const { nodes, edges } = isRecord(connection) ? connection : {};
    if (Array.isArray(nodes)) return nodes as unknown[];
    return Array.isArray(edges)
      ? edges.map((edge: unknown) => (isRecord(edge) ? edge['node'] : null))
      : [];
  } catch (error) {
    // What is wrong with the list is said by the promises about lists.
    if (error instanceof NoAnswer) return [];
    throw error;
  }
}
