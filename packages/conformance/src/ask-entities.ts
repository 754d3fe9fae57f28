import type { CallOptions } from './conversation.ts';
import type { EntityKey } from './entity-keys.ts';
import { dataOf, type HttpAnswer } from './http-answer.ts';
import type { Entity } from './subgraph-model.ts';
import type { Trial } from './trial.ts';

/** A batch of references that was asked, and its answer. */
export interface Asked {
  /** In words. */
  readonly sent: string;
  readonly entity: Entity;
  readonly keys: readonly EntityKey[];
  readonly answer: HttpAnswer;
}

/** Asks about entities as the gateway does; a key's own `__typename` comes before the entity's. */
export async function askEntities(
  { talk }: Trial,
  entity: Entity,
  keys: readonly EntityKey[],
  selection = '',
  options?: CallOptions,
): Promise<Asked> {
  const { type, keySelection } = entity;
  const representations = keys.map((key) => withTypename(key, type.name));
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${type.name} { __typename ${keySelection} ${selection} } } }`;
  const sent = `_entities with ${keys.length} of ${type.name} { ${keySelection} }`;
  const answer = await talk.ask(sent, query, { representations }, options);
  return { sent, entity, keys, answer };
}

/** Null stands for "without". */
function withTypename(key: EntityKey, name: string): EntityKey {
  if (!('__typename' in key)) return { __typename: name, ...key };
  const { __typename, ...rest } = key;
  return __typename === null ? rest : key;
}

export function listOf(answer: HttpAnswer): readonly unknown[] | null {
  const list = dataOf(answer)?.['_entities'];
  return Array.isArray(list) ? list : null;
}
