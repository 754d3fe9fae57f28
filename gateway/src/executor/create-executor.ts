import { type DocumentNode, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { BoundedMap } from '../bounded-map.ts';
import type { OperationContext } from '../operation-context.ts';
import type { Supergraph } from '../supergraph/read-supergraph.ts';
import { conditionVariables, type ObjectShape, readClientShape } from './answering/client-shape.ts';
import { createHidden } from './answering/hidden.ts';
import { tellErrors } from './answering/tell-errors.ts';
import { writeAnswer } from './answering/write-answer.ts';
import { createDataWriter, type WrittenData } from './answering/write-data.ts';
import type { ExecutedAnswer, Executor, PreparedOperation } from './executor.ts';
import { type CanonicalOperation, canonicalOperation } from './planning/canonical-operation.ts';
import { chooseOperation, fragmentsOf } from './planning/choose-operation.ts';
import type { GraphFacts } from './planning/compile-fetch.ts';
import { type CompiledPlan, compilePlan } from './planning/compile-plan.ts';
import { rootConditions } from './planning/merge-root-fields.ts';
import type { PlanMemory } from './planning/plan-memory.ts';
import type { Planner } from './planning/planner.ts';
import { splitChains } from './planning/split-chains.ts';
import { withOwnMembers } from './planning/with-own-members.ts';
import { withoutImpossible } from './planning/without-impossible.ts';
import { refusal } from './refusal.ts';
import type { CachedEntities } from './running/cached-entities.ts';
import { findProvider } from './running/find-provider.ts';
import { createMerge } from './running/merge.ts';
import { runPlan } from './running/run-plan.ts';
import type { SubgraphSource } from './subgraph-source.ts';
import { coerceVariables, sentVariables } from './variables.ts';

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
  readonly write: ReturnType<typeof createDataWriter>;
}

interface Prepared extends PreparedOperation {
  readonly operation: OperationDefinitionNode;
  /** What is run; of a mutation, it may depend on variables which root fields that are. */
  readonly compiledFor: (
    variables: Readonly<Record<string, unknown>>,
  ) => Compiled | Promise<Compiled>;
}

interface Compiled {
  readonly canonical: CanonicalOperation;
  readonly plan: CompiledPlan;
  readonly variantFor: (variables: Readonly<Record<string, unknown>>) => Variant;
}

/** Sets of conditions of one operation that are kept compiled. */
const mostVariants = 32;

const nothing: readonly string[] = [];

export function createExecutor(parts: ExecutorParts): Executor {
  const { supergraph, facts, planner } = parts;
  const { clientSchema, schema } = supergraph;
  const known = new BoundedMap<string, Prepared>(parts.maxOperations);
  const underWay = new Map<string, Promise<Prepared>>();
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

  async function prepareNew(
    asked: DocumentNode,
    operationName: string | undefined,
  ): Promise<Prepared> {
    const chosen = chooseOperation(asked, operationName);
    if (chosen.operation === OperationTypeNode.SUBSCRIPTION) {
      throw refusal('This graph has no subscriptions', 'GRAPHQL_VALIDATION_FAILED');
    }
    const { document, operation } = withoutImpossible(asked, chosen, clientSchema);
    const type = operation.operation === OperationTypeNode.MUTATION ? 'mutation' : 'query';
    const deciding =
      type === 'mutation' ? rootConditions(operation, fragmentsOf(document)) : nothing;
    if (deciding.length === 0) {
      const compiled = await compile(document, operation, {});
      return { type, operation, compiledFor: () => compiled };
    }
    const variants = new BoundedMap<string, Promise<Compiled>>(mostVariants);
    return {
      type,
      operation,
      compiledFor(variables) {
        const key = conditionsKey(deciding, variables);
        const same = variants.get(key);
        if (same) return same;
        const compiling = compile(document, operation, variables);
        variants.set(key, compiling);
        // Whoever asks next may find the planner in better health.
        compiling.catch(() => variants.delete(key));
        return compiling;
      },
    };
  }

  async function compile(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    rootVariables: Readonly<Record<string, unknown>>,
  ): Promise<Compiled> {
    const canonical = canonicalOperation(document, operation, fieldNames, rootVariables);
    const plan = await parts.plans.find(canonical.text, supergraph, () =>
      planner.plan(canonical.text),
    );
    const fragments = fragmentsOf(document);
    const conditions = conditionVariables(operation, fragments);
    const variants = new BoundedMap<string, Variant>(mostVariants);
    return {
      canonical,
      plan: compilePlan(splitChains(withOwnMembers(plan, canonical, facts), facts), facts),
      variantFor(variables) {
        const key = conditionsKey(conditions, variables);
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
        const variant = { shape, write: createDataWriter(shape, hidden) };
        variants.set(key, variant);
        return variant;
      },
    };
  }

  return {
    prepare({ document, hash, operationName }) {
      const key = `${hash} ${operationName ?? ''}`;
      const prepared = known.get(key);
      if (prepared) return prepared;
      const waiting = underWay.get(key);
      if (waiting) return waiting;
      const preparing = prepareNew(document, operationName)
        .then((made) => {
          known.set(key, made);
          return made;
        })
        .finally(() => underWay.delete(key));
      underWay.set(key, preparing);
      return preparing;
    },

    async run(prepared, given, operation) {
      // Nobody else makes prepared operations.
      const { operation: asked, compiledFor } = prepared as Prepared;
      const variables = coerceVariables(clientSchema, asked, given);
      const found = compiledFor(variables);
      const { canonical, plan, variantFor } = found instanceof Promise ? await found : found;
      const { shape, write } = variantFor(variables);
      const result = await runPlan(
        plan,
        runParts,
        sentVariables(canonical, given, variables),
        operation,
      );
      const written = write(result.data, result.repeated);
      return finish({ plan, shape, written, result }, operation);
    },

    async stop() {
      planner.release();
    },
  };

  function finish(
    made: {
      readonly plan: CompiledPlan;
      readonly shape: ObjectShape;
      readonly written: WrittenData;
      readonly result: Awaited<ReturnType<typeof runPlan>>;
    },
    operation: OperationContext,
  ): ExecutedAnswer {
    const { plan, shape, written, result } = made;
    const { gaps } = written;
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
    const text = plan.steps.length === 0 && gaps.length > 0 ? 'null' : written.text;
    const isAsGiven = gaps.length === 0 && !written.isHiding;
    return {
      text: writeAnswer(text, errors, operation),
      hasErrors: errors.length > 0,
      contents: () =>
        isAsGiven ? { data: result.data, shape } : { data: JSON.parse(text), shape: null },
    };
  }
}

function conditionsKey(
  names: readonly string[],
  variables: Readonly<Record<string, unknown>>,
): string {
  return names.map((name) => (variables[name] === true ? '1' : '0')).join('');
}

function readFieldNames({ schema }: Supergraph): ReadonlySet<string> {
  return new Set(
    Object.values(schema.getTypeMap()).flatMap((type) =>
      'getFields' in type ? Object.keys(type.getFields()) : [],
    ),
  );
}
