import { filterSchema, pruneSchema } from '@graphql-tools/utils';
import { type DirectiveNode, type GraphQLSchema, OperationTypeNode } from 'graphql';

interface Element {
  readonly astNode?:
    | { readonly directives?: readonly DirectiveNode[] | undefined }
    | null
    | undefined;
}

const rootTypes = {
  Query: OperationTypeNode.QUERY,
  Mutation: OperationTypeNode.MUTATION,
  Subscription: OperationTypeNode.SUBSCRIPTION,
} as const;

const machinery = /^(?:join|link|core|federation)__/u;

/** The graph as clients may know of it: without the federation's machinery and what is `@inaccessible`. */
export function readClientSchema(schema: GraphQLSchema, inaccessible: string): GraphQLSchema {
  const isShown = (element: Element | undefined) =>
    !element?.astNode?.directives?.some(({ name }) => name.value === inaccessible);
  const field = (_type: unknown, _name: unknown, config: Element) => isShown(config);
  return pruneSchema(
    filterSchema({
      schema,
      typeFilter: (name) => !machinery.test(name) && isShown(schema.getType(name)),
      rootFieldFilter: field,
      objectFieldFilter: field,
      interfaceFieldFilter: field,
      inputObjectFieldFilter: field,
      argumentFilter: (_type, _field, _name, config) => isShown(config),
      enumValueFilter: (_type, _name, config) => isShown(config),
      directiveFilter: (name) =>
        ['include', 'skip', 'deprecated', 'specifiedBy', 'oneOf'].includes(name),
    }),
  );
}

/** The part of the graph whose fields are in `allowed` (`Type.field`); types without any are gone with them. */
export function narrowSchema(schema: GraphQLSchema, allowed: ReadonlySet<string>): GraphQLSchema {
  const field = (type: string | undefined, name: string) => allowed.has(`${type}.${name}`);
  return pruneSchema(
    filterSchema({
      schema,
      rootFieldFilter: (operation, name) =>
        field(schema.getRootType(rootTypes[operation])?.name, name),
      objectFieldFilter: field,
      interfaceFieldFilter: field,
    }),
  );
}
