import type { Draw } from './draw.ts';
import { type Argument, customScalar, enumName, inputName } from './graph.ts';

/** Few, so that names meet: in several types, as aliases, and in what subgraphs ask of each other. */
export const fieldNames = [
  'name',
  'title',
  'price',
  'label',
  'tags',
  'rank',
  'owner',
  'parts',
  'mark',
  'note',
] as const;

const scalars = ['String', 'String', 'Int', 'Float', 'Boolean', 'ID', enumName, customScalar];

export function drawScalar(draw: Draw): string {
  return draw.pick(scalars);
}

/** The type as SDL writes it: nullable or not, and perhaps a list or a list of lists of it. */
export function wrapped(draw: Draw, name: string, listShare: number): string {
  const bang = () => (draw.chance(0.35) ? '!' : '');
  const item = `${name}${bang()}`;
  if (!draw.chance(listShare)) return item;
  const list = `[${item}]${bang()}`;
  return draw.chance(0.15) ? `[${list}]${bang()}` : list;
}

const argumentTypes: readonly (readonly [type: string, defaults: readonly string[]])[] = [
  ['Int', ['1', 'null']],
  ['Int!', ['2']],
  ['String', ['"EUR"', '"a \\"b\\""']],
  ['String!', ['"EUR"']],
  ['Boolean', ['true']],
  [enumName, ['RED']],
  ['[Int!]', ['[1, 2]', '[]']],
  [inputName, ['{ limit: 3 }', '{ colors: [RED] }']],
];

/** `mayBeMandatory`: whether one without a default may be non-null. */
export function drawArguments(draw: Draw, mayBeMandatory: boolean): Argument[] {
  if (draw.chance(0.75)) return [];
  return ['by', 'unit'].slice(0, 1 + draw.below(2)).map((name) => {
    const [type, defaults] = draw.pick(argumentTypes);
    const hasDefault = draw.chance(0.5) || (type.endsWith('!') && !mayBeMandatory);
    return hasDefault ? { name, type, default: draw.pick(defaults) } : { name, type };
  });
}

/** A literal of the type; `undefined` where the argument is better left out. */
export function drawLiteral(draw: Draw, type: string): string {
  if (type.endsWith('!')) return drawNonNull(draw, type.slice(0, -1));
  return draw.chance(0.15) ? 'null' : drawNonNull(draw, type);
}

function drawNonNull(draw: Draw, type: string): string {
  if (type.startsWith('[')) {
    const item = type.slice(1, -1);
    return `[${Array.from({ length: draw.below(3) }, () => drawLiteral(draw, item)).join(', ')}]`;
  }
  switch (type) {
    case 'Int':
      return String(draw.below(4));
    case 'Float':
      return draw.pick(['0.5', '3', '-1e3']);
    case 'Boolean':
      return draw.pick(['true', 'false']);
    case enumName:
      return draw.pick(['RED', 'GREEN']);
    case inputName:
      return draw.pick(['{}', '{ limit: 1 }', '{ limit: 2, colors: [GREEN, BLUE] }']);
    default:
      return draw.pick(['"USD"', '"GBP"', '"\\u00e8 \\"x\\" \\n"', '""']);
  }
}
