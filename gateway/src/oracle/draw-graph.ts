import { completeCut } from './complete-cut.ts';
import type { Draw } from './draw.ts';
import { drawObjectFields, withDirectives } from './draw-directives.ts';
import { drawArguments, drawScalar, fieldNames, wrapped } from './draw-field.ts';
import { drawKeys, type KeyPlan } from './draw-keys.ts';
import type { Field, Graph, InterfaceType, Key, ObjectType } from './graph.ts';

/** The types' names, and which may be spoken of where. */
interface Outline {
  readonly subgraphs: readonly string[];
  readonly entities: readonly string[];
  readonly values: readonly string[];
  readonly unions: Graph['unions'];
  /** Knows an interface as an object, and no member of it. */
  readonly objectIn: string | undefined;
  readonly members: readonly string[];
}

/** A schema and how it is cut; nearly always one that composes. */
export function drawGraph(draw: Draw): Graph {
  const outline = drawOutline(draw);
  const { subgraphs, entities, values, objectIn, members } = outline;
  const plans = new Map<string, KeyPlan>();
  for (const name of entities) {
    const allowed = subgraphs.filter((each) => each !== objectIn || !members.includes(name));
    plans.set(
      name,
      drawKeys(
        draw,
        allowed,
        entities.filter((each) => each !== name && !members.includes(each)),
      ),
    );
  }
  const keyedIn =
    objectIn === undefined ? [] : [draw.pick(subgraphs.filter((s) => s !== objectIn))];
  if (members.length > 0 && objectIn === undefined && draw.chance(0.4))
    keyedIn.push(draw.pick(subgraphs));
  for (const member of members) {
    for (const subgraph of keyedIn) {
      const keys = plans.get(member)?.keys;
      const others = (keys?.get(subgraph) ?? []).filter(({ fields }) => fields !== 'id');
      keys?.set(subgraph, [{ fields: 'id', resolvable: true }, ...others]);
    }
  }
  const common = drawCommonFields(draw, keyedIn.length > 0 ? keyedIn : subgraphs);
  const objects: ObjectType[] = entities.map((name) => {
    const plan = plans.get(name) ?? { fields: [], keys: new Map<string, readonly Key[]>() };
    const homes = [...plan.keys.keys()];
    const shared = members.includes(name) ? common : [];
    const own = drawFields(
      draw,
      outline,
      homes,
      1 + draw.below(4),
      shared.map((field) => field.name),
    );
    const fields = [...plan.fields, ...shared.map((field) => adopted(draw, field, homes)), ...own];
    return { name, fields, keys: Object.fromEntries(plan.keys) };
  });
  const shapes = values.length > 1 && draw.chance(0.5) ? drawCommonFields(draw, subgraphs) : [];
  for (const name of values) {
    const own = drawFields(
      draw,
      outline,
      [],
      1 + draw.below(2),
      shapes.map((field) => field.name),
    );
    objects.push({ name, fields: [...shapes, ...own], keys: {} });
  }
  const interfaces: InterfaceType[] = [];
  if (members.length > 0) {
    const fieldNames = ['id', ...common.map((field) => field.name)];
    const media = { name: 'Media', members, fieldNames, keyedIn: [...new Set(keyedIn)] };
    const taken = objects.flatMap(({ name, fields }) => (members.includes(name) ? fields : []));
    interfaces.push(
      objectIn === undefined
        ? { ...media, objectFields: [] }
        : { ...media, objectIn, objectFields: drawObjectFields(draw, objectIn, common, taken) },
    );
  }
  if (shapes.length > 0) {
    const names = shapes.map((field) => field.name);
    interfaces.push({
      name: 'Shape',
      members: values,
      fieldNames: names,
      keyedIn: [],
      objectFields: [],
    });
  }
  objects.push({ name: 'Query', fields: drawRoots(draw, outline, interfaces), keys: {} });
  if (draw.chance(0.25)) {
    const fields = drawRoots(draw, outline, interfaces).map(({ owners, ...field }) => ({
      ...field,
      name: `set${field.name}`,
      owners: owners.slice(0, 1),
    }));
    objects.push({ name: 'Mutation', fields, keys: {} });
  }
  const graph = completeCut({ subgraphs, objects, interfaces, unions: outline.unions });
  return completeCut(withDirectives(draw, graph));
}

function drawOutline(draw: Draw): Outline {
  const subgraphs = ['a', 'b', 'c', 'd'].slice(0, 2 + draw.below(3));
  const entities = ['Book', 'Film', 'Author', 'City'].slice(0, 1 + draw.below(4));
  const values = ['Size', 'Spot'].slice(0, draw.below(3));
  const hasMedia = entities.length > 1 && draw.chance(0.5);
  const members = hasMedia ? entities.slice(0, 2) : [];
  const inUnion = draw.some([...entities, ...values], 0.6);
  return {
    subgraphs,
    entities,
    values,
    unions: inUnion.length > 1 ? [{ name: 'Thing', members: inUnion }] : [],
    objectIn: hasMedia && draw.chance(0.5) ? draw.pick(subgraphs) : undefined,
    members,
  };
}

/** Fields that every member of an interface has. */
function drawCommonFields(draw: Draw, subgraphs: readonly string[]): Field[] {
  const owners = [draw.pick(subgraphs)];
  return fieldNames.slice(0, 1 + draw.below(2)).map((name) => ({
    name,
    type: wrapped(draw, drawScalar(draw), 0.2),
    args: drawArguments(draw, false),
    owners,
  }));
}

/** A common field goes where the interface's is, if the type is there. */
function adopted(draw: Draw, field: Field, homes: readonly string[]): Field {
  const owners = field.owners.filter((owner) => homes.includes(owner));
  return owners.length > 0 ? field : { ...field, owners: [draw.pick(homes)] };
}

function drawFields(
  draw: Draw,
  outline: Outline,
  homes: readonly string[],
  count: number,
  taken: readonly string[],
): Field[] {
  const free = fieldNames.filter((name) => !taken.includes(name));
  const names = free.slice(draw.below(free.length - count)).slice(0, count);
  return names.map((name) => {
    const owners = homes.length === 0 ? [] : [draw.pick(homes)];
    if (homes.length > 0 && draw.chance(0.25)) {
      owners.push(...draw.some(homes, 0.5).filter((home) => !owners.includes(home)));
    }
    const named = draw.chance(0.55)
      ? drawScalar(draw)
      : draw.pick(
          nameable(outline, homes.length === 0 ? outline.subgraphs : owners, homes.length === 0),
        );
    return {
      name,
      type: wrapped(draw, named, 0.25),
      args: drawArguments(draw, true),
      owners,
    };
  });
}

function drawRoots(draw: Draw, outline: Outline, interfaces: readonly InterfaceType[]): Field[] {
  return ['book', 'item', 'all', 'name'].slice(0, 1 + draw.below(4)).map((name) => {
    const owners = [draw.pick(outline.subgraphs)];
    if (draw.chance(0.2)) owners.push(draw.pick(outline.subgraphs));
    const unique = [...new Set(owners)];
    const abstract = interfaces.map((type) => type.name);
    const named = draw.chance(0.1)
      ? drawScalar(draw)
      : draw.pick([...nameable(outline, unique, false), ...abstract]);
    return {
      name,
      type: wrapped(draw, named, 0.4),
      args: drawArguments(draw, true),
      owners: unique,
    };
  });
}

/** Types with fields that all of these subgraphs may speak of. */
function nameable(outline: Outline, subgraphs: readonly string[], inValue: boolean): string[] {
  const { objectIn, members, entities, values, unions } = outline;
  const withoutMembers = objectIn !== undefined && (inValue || subgraphs.includes(objectIn));
  const isFree = (name: string) => !withoutMembers || !members.includes(name);
  const names = [
    ...entities.filter(isFree),
    ...(inValue ? [] : values),
    ...unions.filter((union) => !inValue && union.members.every(isFree)).map(({ name }) => name),
    ...(members.length > 0 && !inValue ? ['Media'] : []),
  ];
  return names.length > 0 ? names : ['String'];
}
