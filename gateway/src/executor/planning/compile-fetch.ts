import type { FetchNode } from '@apollo/query-planner';
import {
  type FieldNode,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  type SelectionSetNode,
  stripIgnoredCharacters,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import type { Cacheability } from '../../entity-cache/cacheability.ts';
import type { FetchStep } from '../running/fetch-step.ts';
import { type OutputShape, readOutputShape } from '../running/output-shape.ts';
import { Representations } from '../running/representation.ts';
import { createOutputRewrite, readRenames } from '../running/rewrite-output.ts';
import type { JoinFields } from './join-fields.ts';
import { readCacheAge } from './read-cache-age.ts';
import type { RequiredField } from './required-arguments.ts';
import { type EntityFetch, splitByRequirements } from './split-by-requirements.ts';
import type { SubgraphKeys } from './subgraph-keys.ts';
import type { SubgraphMembers } from './subgraph-members.ts';
import { withoutUnresolvable } from './without-unresolvable.ts';

/** What compiling fetches needs to know of one supergraph version. */
export interface GraphFacts {
  /** With everything in it, also what clients do not see. */
  readonly schema: GraphQLSchema;
  readonly keys: SubgraphKeys;
  readonly cacheability: Cacheability;
  readonly requiredFields: ReadonlyMap<string, RequiredField>;
  readonly joins: JoinFields;
  readonly members: SubgraphMembers;
}

type Placed = Pick<FetchStep, 'path' | 'conditions' | 'after' | 'hop'>;

/** One step, or several where the fields of one fetch need different things of their entities. */
export function compileFetch(
  node: FetchNode,
  facts: GraphFacts,
  place: Placed,
): Omit<FetchStep, 'index' | 'group'>[] {
  const operation = readOperation(node.operation);
  const isQuery = operation.operation === OperationTypeNode.QUERY;
  const subtypes = (typeName: string, of: string) => isSubtype(facts.schema, typeName, of);
  const renames = readRenames(node.outputRewrites ?? []);
  const common = {
    ...place,
    subgraph: node.serviceName,
    isQuery,
    rewriteOutput: createOutputRewrite(node.outputRewrites ?? [], subtypes),
    references: [],
  };
  const finish = (asked: SelectionSetNode, isReferred: boolean) => {
    const { subgraph } = common;
    const rootType = isQuery ? 'Query' : 'Mutation';
    const known = withoutUnresolvable(asked, rootType, isReferred, { ...facts, subgraph });
    const called = callRequiredFields(known, facts.requiredFields);
    const shape = readOutputShape(called, renames);
    const selection = stripIgnoredCharacters(print(called));
    return {
      selection,
      question: `${node.serviceName} ${selection}`,
      variables: variablesIn(called, operation),
      shape,
      wanted: wantedKeys(shape),
    };
  };
  if (!node.requires) {
    const nothingKept = { cacheMaxAgeSeconds: null, representations: null, parts: [] };
    return [{ ...common, ...finish(operation.selectionSet, false), ...nothingKept }];
  }
  const entities = operation.selectionSet.selections.find(
    (selection): selection is FieldNode =>
      selection.kind === Kind.FIELD && selection.name.value === '_entities',
  );
  if (!entities?.selectionSet) throw new Error('a fetch of entities that asks for none');
  const realName = (key: string) => facts.requiredFields.get(key)?.name ?? key;
  const inputRewrites = node.inputRewrites ?? [];
  const compileEntities = ({ selectionSet, requires }: EntityFetch) => ({
    ...common,
    ...finish(selectionSet, true),
    parts: [],
    cacheMaxAgeSeconds: readCacheAge(
      { subgraph: node.serviceName, selectionSet, requires, inputRewrites },
      facts.cacheability,
    ),
    representations: new Representations({
      subgraph: node.serviceName,
      requires,
      inputRewrites,
      keys: facts.keys,
      schema: facts.schema,
      isSubtype: subtypes,
      realName,
    }),
  });
  const { whole, parts } = splitByRequirements(entities.selectionSet, node.requires, {
    subgraph: node.serviceName,
    joins: facts.joins,
    keys: facts.keys,
    sentTypes: inputRewrites.flatMap((rewrite) =>
      rewrite.kind === 'ValueSetter' ? [String(rewrite.setValueTo)] : [],
    ),
    realName,
  });
  const compiledParts = parts.map(compileEntities);
  return whole ? [{ ...compileEntities(whole), parts: compiledParts }] : compiledParts;
}

/** Without the name of the type, unless that is all that is asked. */
function wantedKeys({ fields }: OutputShape): readonly string[] {
  const keys = fields.map(({ key }) => key);
  return keys.length === 1 ? keys : keys.filter((key) => key !== '__typename');
}

function readOperation(text: string): OperationDefinitionNode {
  const [operation, ...others] = parse(text, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION || others.length > 0) {
    throw new Error('the planner was told to write one operation without fragments');
  }
  return operation;
}

/** Asks for the real field in the name of the one that the planner knows. */
function callRequiredFields(
  selectionSet: SelectionSetNode,
  requiredFields: ReadonlyMap<string, RequiredField>,
): SelectionSetNode {
  if (requiredFields.size === 0) return selectionSet;
  return visit(selectionSet, {
    Field(field) {
      const required = requiredFields.get(field.name.value);
      if (!required) return undefined;
      const call = readOperation(`{${required.call}}`).selectionSet.selections[0];
      if (call?.kind !== Kind.FIELD) return undefined;
      return {
        ...field,
        alias: field.alias ?? { kind: Kind.NAME, value: field.name.value },
        name: call.name,
        arguments: call.arguments ?? [],
      };
    },
  });
}

function variablesIn(
  selectionSet: SelectionSetNode,
  operation: OperationDefinitionNode,
): ReadonlyMap<string, string> {
  const used = new Set<string>();
  visit(selectionSet, { Variable: ({ name }) => void used.add(name.value) });
  const written = (definition: VariableDefinitionNode) => stripIgnoredCharacters(print(definition));
  return new Map(
    (operation.variableDefinitions ?? []).flatMap((definition) => {
      const name = definition.variable.name.value;
      return used.has(name) ? [[name, written(definition)] as const] : [];
    }),
  );
}

/** Whether objects of the first type are of the second. */
function isSubtype(schema: GraphQLSchema, typeName: string, of: string): boolean {
  if (typeName === of) return true;
  const wide = schema.getType(of);
  const narrow = schema.getType(typeName);
  return (
    isAbstractType(wide) &&
    (isObjectType(narrow) || isInterfaceType(narrow)) &&
    schema.isSubType(wide, narrow)
  );
}
