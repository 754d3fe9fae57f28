import type { Draw } from './draw.ts';
import type { Field, Key } from './graph.ts';

/** The fields of an entity that tell it apart, and who has which key. */
export interface KeyPlan {
  readonly fields: readonly Field[];
  readonly keys: Map<string, readonly Key[]>;
}

/** `subgraphs`: where the entity may be; `targets`: entities that a nested key may go through. */
export function drawKeys(
  draw: Draw,
  subgraphs: readonly string[],
  targets: readonly string[],
): KeyPlan {
  const field = (name: string, type: string): Field => ({ name, type, args: [], owners: [] });
  const fields = [field('id', 'ID!')];
  const kinds = ['id'];
  if (draw.chance(0.4)) {
    fields.push(field('code', draw.pick(['Int!', 'String!', 'Int', 'String'])));
    kinds.push('code');
  }
  if (draw.chance(0.25)) {
    fields.push(field('region', 'String!'), field('number', 'Int!'));
    kinds.push('region number');
  }
  if (targets.length > 0 && draw.chance(0.25)) {
    fields.push(field('home', `${draw.pick(targets)}!`));
    kinds.push('home { id }');
  }
  const homes = draw.some(subgraphs, 0.6);
  if (homes.length === 0) homes.push(draw.pick(subgraphs));
  const isChain = homes.length > 2 && kinds.length > 1 && draw.chance(0.6);
  const keys = new Map<string, readonly Key[]>();
  homes.forEach((subgraph, position) => {
    // In a chain each knows one key of the one before it, and another.
    const names = isChain
      ? kinds.slice(Math.max(0, Math.min(position, kinds.length) - 1), position + 1)
      : draw.some(kinds, 0.5);
    const chosen = names.length > 0 ? names : [draw.pick(kinds)];
    keys.set(
      subgraph,
      chosen.map((fields) => ({ fields, resolvable: draw.chance(0.9) })),
    );
  });
  // Every field that exists must be someone's.
  const [first] = homes;
  if (first !== undefined) {
    const used = new Set([...keys.values()].flat().map((key) => key.fields));
    const unused = kinds.filter((kind) => !used.has(kind));
    keys.set(first, [
      ...(keys.get(first) ?? []),
      ...unused.map((fields) => ({ fields, resolvable: true })),
    ]);
  }
  return { fields, keys };
}
