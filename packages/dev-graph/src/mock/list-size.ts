import { type GraphQLField, valueFromASTUntyped } from 'graphql';

/** How long mocked lists are, as the schema and the question allow. */
export interface ListSize {
  /** Of the list itself, or of the lists named in `sizedFields` of what it returns. */
  readonly length: number;
  readonly sizedFields: readonly string[];
}

/** Never longer than `wanted`, the schema's `@listSize`, and what the question asks for. */
export function listSizeOf(
  field: GraphQLField<unknown, unknown>,
  args: Readonly<Record<string, unknown>>,
  wanted: number,
): ListSize {
  const directive = field.astNode?.directives?.find(({ name }) => name.value === 'listSize');
  const written = new Map(
    directive?.arguments?.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  );
  const slicing = namesIn(written.get('slicingArguments'));
  const asked = (slicing.length > 0 ? slicing : ['first']).map((name) => args[name]);
  const assumed = written.get('assumedSize');
  const bounds = [...asked, assumed].filter(
    (bound) => typeof bound === 'number' && Number.isInteger(bound) && bound >= 0,
  );
  return {
    length: Math.min(wanted, ...bounds.map(Number)),
    sizedFields: namesIn(written.get('sizedFields')),
  };
}

const namesIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
