import { withoutQuotedValues } from '@tavolo/subgraph-kit/errors';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { BoundedMap } from '../bounded-map.ts';
import type { OperationContext } from '../operation-context.ts';
import type { Supergraph } from '../supergraph/read-supergraph.ts';
import { conditionVariables, type ObjectShape, readClientShape } from './answering/client-shape.ts';
import { createCompleter } from './answering/complete.ts';
import { createHidden } from './answering/hidden.ts';
import { tellErrors } from './answering/tell-errors.ts';
import { writeAnswer } from './answering/write-answer.ts';
import type { ExecutedAnswer, Executor, PreparedOperation } from './executor.ts';
import type { JsonObject } from './json-object.ts';
import { type CanonicalOperation, canonicalOperation } from './planning/canonical-operation.ts';
import type { GraphFacts } from './planning/compile-fetch.ts';
import { type CompiledPlan, compilePlan } from './planning/compile-plan.ts';
import type { PlanMemory } from './planning/plan-memory.ts';
import type { Planner } from './planning/planner.ts';
import type { CachedEntities } from './running/cached-entities.ts';
import { findProvider } from './running/find-provider.ts';
import { createMerge } from './running/merge.ts';
import { runPlan } from './running/run-plan.ts';
import type { SubgraphSource } from './subgraph-source.ts';

/** What an executor is made of. */
export interface ExecutorParts {
  readonly supergraph: Supergraph;
  readonly facts: GraphFacts;
  readonly planner: Planner;
  /** Plans of this and earlier versions. */
  readonly plans: PlanMemory;
  sourceOf(subgraph: string): SubgraphSource;
  /** Hears when a subgraph's value is not of the schema's type. */
  onMismatch(subgraph: string, coordinate: string): void;
  /** Absent where nothing is ever kept. */
  readonly cachedEntities?: CachedEntities;
  /** Operations that are kept compiled. */
  readonly maxOperations: number;
}

/** What there is of an operation under one set of conditions. */
interface Variant {
  readonly shape: ObjectShape;
  readonly complete: ReturnType<typeof createCompleter>;
}

interface Compiled extends PreparedOperation {
  readonly canonical: CanonicalOperation;
  readonly plan: CompiledPlan;
  readonly variantFor: (variables: Readonly<Record<string, unknown>>) => Variant;
}

/** Sets of conditions of one operation that are kept compiled. */
const mostVariants = 32;

export function createExecutor(parts: ExecutorParts): Executor {
  const { supergraph, facts, planner } = parts;
  const { clientSchema, schema } = supergraph;
  const known = new BoundedMap<string, Compiled>(parts.maxOperations);
  const underWay = new Map<string, Promise<Compiled>>();
  const fieldNames = readFieldNames(supergraph);
  const objectTypes = new Set(
    Object.values(schema.getTypeMap()).flatMap((type) =>
      'getInterfaces' in type && !('resolveType' in type) ? [type.name] : [],
    ),
  );
  const hidden = createHidden(schema, clientSchema);
  const merge = createMerge((name) => typeof name === 'string' && objectTypes.has(name));
  const { cachedEntities } = parts;
  const runParts = { sourceOf: (name: string) => parts.sourceOf(name), merge, cachedEntities };

  async function compile(document: DocumentNode, operationName: string | undefined) {
    const operation = operationOf(document, operationName);
    if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
      throw refusal('This graph has no subscriptions', 'GRAPHQL_VALIDATION_FAILED');
    }
    const canonical = canonicalOperation(document, operation, fieldNames);
    const plan = await parts.plans.find(canonical.text, supergraph, () =>
      planner.plan(canonical.text),
    );
    const fragments = fragmentsOf(document);
    const conditions = conditionVariables(operation, fragments);
    const variants = new BoundedMap<string, Variant>(mostVariants);
    const compiled: Compiled = {
      type: operation.operation,
      canonical,
      plan: compilePlan(plan, facts),
      variantFor(variables) {
        const key = conditions.map((name) => (variables[name] === true ? '1' : '0')).join('');
        const same = variants.get(key);
        if (same) return same;
        const { keyOf } = canonical;
        const shape = readClientShape({
          schema: clientSchema,
          operation,
          fragments,
          keyOf,
          variables,
        });
        const variant = { shape, complete: createCompleter(shape, hidden) };
        variants.set(key, variant);
        return variant;
      },
    };
    return compiled;
  }

  return {
    prepare({ document, hash, operationName }) {
      const key = `${hash} ${operationName ?? ''}`;
      const compiled = known.get(key);
      if (compiled) return compiled;
      const waiting = underWay.get(key);
      if (waiting) return waiting;
      const compiling = compile(document, operationName)
        .then((made) => {
          known.set(key, made);
          return made;
        })
        .finally(() => underWay.delete(key));
      underWay.set(key, compiling);
      return compiling;
    },

    async run(prepared, given, operation) {
      // Nobody else makes prepared operations.
      const { canonical, plan, variantFor } = prepared as Compiled;
      const variables = coerceVariables(canonical.operation, given);
      const { shape, complete } = variantFor(variables);
      const result = await runPlan(
        plan,
        runParts,
        sentVariables(canonical, given, variables),
        operation,
      );
      const { data, gaps } = complete(result.data, result.isShared);
      return finish({ plan, shape, data, gaps, result }, operation);
    },

    async stop() {
      planner.release();
    },
  };

  function coerceVariables(
    { variableDefinitions = [] }: OperationDefinitionNode,
    given: Readonly<Record<string, unknown>>,
  ): Readonly<Record<string, unknown>> {
    if (variableDefinitions.length === 0) return given;
    const { errors, coerced } = getVariableValues(clientSchema, variableDefinitions, given, {
      maxErrors: 1,
    });
    const [error] = errors ?? [];
    if (error) throw refusal(withoutQuotedValues(error.message), 'BAD_USER_INPUT');
    return coerced ?? {};
  }

  function finish(
    made: {
      readonly plan: CompiledPlan;
      readonly shape: ObjectShape;
      readonly data: unknown;
      readonly gaps: ReturnType<Variant['complete']>['gaps'];
      readonly result: Awaited<ReturnType<typeof runPlan>>;
    },
    operation: OperationContext,
  ): ExecutedAnswer {
    const { plan, shape, gaps, result } = made;
    const hasErrors = result.errors.length > 0 || gaps.length > 0;
    const errors = hasErrors
      ? tellErrors(result.errors, gaps, {
          shape,
          data: result.data,
          requestId: operation.requestId,
          providerOf: (path) => findProvider(plan.steps, path),
          onMismatch(subgraph, coordinate) {
            parts.onMismatch(subgraph, coordinate);
            operation.sources.add({
              name: subgraph,
              status: 'OK',
              asOf: null,
              completeness: null,
              reason: 'SCHEMA_MISMATCH',
            });
          },
        })
      : [];
    // Nobody could be asked for anything of it.
    const data = plan.steps.length === 0 && gaps.length > 0 ? null : made.data;
    return {
      text: writeAnswer(data, errors, operation),
      data,
      hasErrors: errors.length > 0,
    };
  }
}

/** What the calls to subgraphs may hold: what the client gave, by the names that the plan has, and what decides of steps. */
function sentVariables(
  { variableNames }: CanonicalOperation,
  given: Readonly<Record<string, unknown>>,
  coerced: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const sent: JsonObject = {};
  for (const [name, called] of variableNames) {
    if (Object.hasOwn(given, name)) sent[called] = given[name];
    else if (Object.hasOwn(coerced, name)) sent[called] = coerced[name];
  }
  return sent;
}

function operationOf(
  document: DocumentNode,
  operationName: string | undefined,
): OperationDefinitionNode {
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const operation =
    operationName === undefined && operations.length === 1
      ? operations[0]
      : operations.find(({ name }) => name?.value === operationName && name !== undefined);
  if (operation) return operation;
  throw refusal(
    operationName === undefined
      ? 'The document has several operations: operationName must name one'
      : 'The document has no operation of the name given in operationName',
    'OPERATION_RESOLUTION_FAILURE',
  );
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION
        ? [[definition.name.value, definition] as const]
        : [],
    ),
  );
}

function readFieldNames({ schema }: Supergraph): ReadonlySet<string> {
  return new Set(
    Object.values(schema.getTypeMap()).flatMap((type) =>
      'getFields' in type ? Object.keys(type.getFields()) : [],
    ),
  );
}

function refusal(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
