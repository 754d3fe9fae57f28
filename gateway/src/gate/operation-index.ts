import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PurposeState } from '@tavolo/access-model';
import { withoutQuotedValues } from '@tavolo/subgraph-kit/errors';
import { validate } from 'graphql';
import { type AccessView, createAccessView } from '../access/access-view.ts';
import { BoundedMap } from '../bounded-map.ts';
import type { AnswerContents } from '../executor/executor.ts';
import { type CompiledOperation, compileOperation } from '../operation/compile-operation.ts';
import { createCostReader } from '../operation/cost.ts';
import { type AnswerCount, createAnswerCounter } from '../operation/count-answer.ts';
import type { ReadDocument } from '../operation/read-documents.ts';
import type { Supergraph } from '../supergraph/read-supergraph.ts';
import type { IdentifiedCaller } from './identify-caller.ts';

/** Fields of all operations that are kept; one takes some 500 bytes. */
const mostFieldsKept = 200_000;

interface CompiledEntry {
  /** How many fields it was compiled of. */
  readonly fields: number;
  readonly operation: CompiledOperation | undefined;
  /** What it reads of what the graph has: what somebody wrote in place of a field may be a person's name. */
  readonly coordinates: readonly string[];
  readonly count: (answer: AnswerContents) => AnswerCount;
}

const nothing: CompiledEntry = {
  fields: 0,
  operation: undefined,
  coordinates: [],
  count: () => ({ cost: 0, rows: 0, persons: 0, withheld: 0 }),
};

/** What is compiled once per supergraph version: operations, what each kind of caller sees, and decisions. */
export interface OperationIndex {
  compiled(
    supergraph: Supergraph,
    document: ReadDocument,
    operationName: string | undefined,
  ): CompiledEntry;
  view(supergraph: Supergraph, caller: IdentifiedCaller): AccessView;
  /** The first rule of GraphQL the document breaks in the schema this caller sees; its text quotes no value. */
  invalid(view: AccessView, document: ReadDocument): string | undefined;
  /** Remembers a question that was let pass. */
  note(caller: IdentifiedCaller, document: ReadDocument, operationName: string | undefined): void;
  /** Decides for another version what was let pass lately, so that the first to ask need not wait for it. */
  prepare(supergraph: Supergraph): Promise<void>;
}

const mostRemembered = 100;
const mostTokensRemembered = 50_000;

export function createOperationIndex(): OperationIndex {
  const versions = new WeakMap<
    Supergraph,
    {
      readonly operations: BoundedMap<string, CompiledEntry>;
      readonly views: WeakMap<PurposeState, Map<string, AccessView>>;
      readonly costs: ReturnType<typeof createCostReader>;
    }
  >();
  const verdicts = new WeakMap<AccessView, WeakMap<ReadDocument, string | null>>();

  function versionOf(supergraph: Supergraph) {
    let version = versions.get(supergraph);
    if (!version) {
      version = {
        operations: new BoundedMap(2_000, {
          maxSize: mostFieldsKept,
          sizeOf: ({ fields }) => fields,
        }),
        views: new WeakMap(),
        costs: createCostReader(supergraph.names),
      };
      versions.set(supergraph, version);
    }
    return version;
  }

  const grants = new WeakMap<IdentifiedCaller, string>();

  /** Roles and scopes are few and always in the same order. */
  function grantOf(caller: IdentifiedCaller): string {
    const known = grants.get(caller);
    if (known !== undefined) return known;
    const grant = `${caller.roles.join()} ${caller.scopes.join()}`;
    grants.set(caller, grant);
    return grant;
  }

  const recent = new BoundedMap<
    string,
    {
      readonly caller: IdentifiedCaller;
      readonly document: ReadDocument;
      readonly operationName: string | undefined;
    }
  >(mostRemembered, {
    maxSize: mostTokensRemembered,
    sizeOf: ({ document }) => document.tokens,
  });

  const index: OperationIndex = {
    note(caller, document, operationName) {
      const key = `${caller.purpose.id} ${grantOf(caller)} ${document.hash} ${operationName ?? ''}`;
      // What is there already is the newest now, which is all that changes.
      const known = recent.get(key);
      if (known?.document === document && known.caller.purpose === caller.purpose) return;
      recent.set(key, { caller, document, operationName });
    },

    async prepare(supergraph) {
      for (const { caller, document, operationName } of recent.values()) {
        await nextTurn();
        const { operation } = index.compiled(supergraph, document, operationName);
        if (!operation) continue;
        const view = index.view(supergraph, caller);
        if (view.refuses(operation) === undefined) index.invalid(view, document);
      }
    },

    compiled(supergraph, document, operationName) {
      const { operations, costs } = versionOf(supergraph);
      const key = `${document.hash} ${operationName ?? ''}`;
      const known = operations.get(key);
      if (known) return known;
      const operation = compileOperation(
        document.document,
        operationName,
        supergraph.clientSchema,
        costs,
      );
      if (!operation) return nothing;
      const { fields } = document.weight;
      const { byCoordinate } = supergraph.rules;
      const entry = {
        fields,
        operation,
        // The same list for every question, so that what is made of it can be kept.
        coordinates: Object.freeze(
          operation.coordinates.filter((coordinate) => byCoordinate.has(coordinate)),
        ),
        count: createAnswerCounter(operation.cost),
      };
      operations.set(key, entry);
      return entry;
    },

    view(supergraph, caller) {
      const { views } = versionOf(supergraph);
      const { purpose, roles, scopes } = caller;
      // The keys of one purpose are a handful.
      const byGrant = views.get(purpose) ?? new Map<string, AccessView>();
      views.set(purpose, byGrant);
      const key = grantOf(caller);
      const known = byGrant.get(key);
      if (known) return known;
      const view = createAccessView(supergraph, { purpose, roles, scopes });
      byGrant.set(key, view);
      return view;
    },

    invalid(view, document) {
      const byDocument = verdicts.get(view) ?? new WeakMap<ReadDocument, string | null>();
      verdicts.set(view, byDocument);
      const known = byDocument.get(document);
      if (known !== undefined) return known ?? undefined;
      const schema = view.schema();
      const [problem] = schema
        ? validate(schema, document.document, undefined, { maxErrors: 1, hideSuggestions: true })
        : [];
      const verdict = schema
        ? problem && withoutQuotedValues(problem.message)
        : 'This purpose reads nothing of the graph';
      byDocument.set(document, verdict ?? null);
      return verdict;
    },
  };
  return index;
}
