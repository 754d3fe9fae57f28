import {
  type DirectiveNode,
  type FieldNode,
  type GraphQLSchema,
  getDirectiveValues,
  type OperationDefinitionNode,
} from 'graphql';
import { z } from 'zod';

const limits = z.array(z.object({ name: z.string(), value: z.number() }));

/** A measure as `fact-directives.graphql` declares one. */
const measure = z.object({
  description: z.string(),
  unit: z.string(),
  step: z.number(),
  limits,
});
export type MeasureArguments = z.infer<typeof measure>;

const shapes = {
  fact: z.object({
    name: z.string(),
    description: z.string(),
    unit: z.enum(['PERSON', 'HOUSEHOLD']),
    eventName: z.string(),
    period: z.string().nullish(),
  }),
  derived: z.object({
    name: z.string(),
    type: z.string(),
    sql: z.string(),
    description: z.string().nullish(),
    dimension: z.boolean(),
    oneWay: z.boolean(),
    sensitive: z.boolean(),
    measure: measure.nullish(),
  }),
  page: z.object({}),
  rows: z.object({}),
  unit: z.object({}),
  first: z.object({}),
  last: z.object({}),
  only: z.object({ field: z.string(), is: z.string().nullish() }),
  count: z.object({
    name: z.string(),
    description: z.string().nullish(),
    dimension: z.boolean(),
    measure: measure.nullish(),
  }),
  column: z.object({ name: z.string().nullish() }),
  dimension: z.object({
    name: z.string().nullish(),
    description: z.string(),
    oneWay: z.boolean(),
    sensitive: z.boolean(),
  }),
  measure: measure.extend({ name: z.string().nullish() }),
} as const;

export type FactDirective = keyof typeof shapes;
export type ArgumentsOf<D extends FactDirective> = z.infer<(typeof shapes)[D]>;

export function isFactDirective(node: DirectiveNode): boolean {
  return Object.hasOwn(shapes, node.name.value);
}

/** Every use of a directive on a node of a validated document, in order. */
export function directiveArguments<D extends FactDirective>(
  schema: GraphQLSchema,
  node: FieldNode | OperationDefinitionNode,
  name: D,
): ArgumentsOf<D>[] {
  const definition = schema.getDirective(name);
  if (!definition) throw new Error(`The fact graph does not know @${name}`);
  return (node.directives ?? [])
    .filter((directive) => directive.name.value === name)
    .map((directive) => {
      const values = getDirectiveValues(definition, { directives: [directive] });
      // zod's type of an indexed shape is the union of all; `name` chose this one.
      return shapes[name].parse(values) as ArgumentsOf<D>;
    });
}
