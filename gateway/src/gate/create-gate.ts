import { rolesWithFreeDocuments } from '@tavolo/access-model';
import { AccessTokenError, type createAccessTokenVerifier } from '@tavolo/access-token';
import type { ContextSigner } from '@tavolo/caller-context';
import type { Logger } from '@tavolo/process-kit';
import type { AccessView } from '../access/access-view.ts';
import type { Evidence } from '../evidence/evidence.ts';
import {
  overLimit,
  type QueryLimits,
  schemaLimits,
  strictestByClass,
} from '../limits/query-limits.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import type { CompiledOperation } from '../operation/compile-operation.ts';
import { estimateCost } from '../operation/cost.ts';
import { createDocumentReader, type ReadDocument } from '../operation/read-documents.ts';
import type { RegistryFeed } from '../registry/start-registry-feed.ts';
import type { Supergraph } from '../supergraph/read-supergraph.ts';
import type { Findings, Gate, Question } from './gate.ts';
import { GateAdmission } from './gate-admission.ts';
import { GatePassage } from './gate-passage.ts';
import { type IdentifiedCaller, isRefusal } from './identify-caller.ts';
import { createIdentities } from './identities.ts';
import { createOperationIndex } from './operation-index.ts';
import type { Refusal } from './refusal.ts';
import {
  doesNotFit,
  mixedIntrospection,
  noOperation,
  noQuery,
  nothingToShow,
  notTrusted,
  registryGone,
  tooCostly,
  unauthenticated,
} from './refusals.ts';
import { createSchemaAnswers } from './schema-answers.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

/** The parts of the gate; none of them is optional. */
export interface GateParts {
  readonly tokens: ReturnType<typeof createAccessTokenVerifier>;
  readonly registry: RegistryFeed;
  readonly rates: RateLimits;
  readonly signer: ContextSigner;
  readonly evidence: Evidence;
  readonly trustedDocuments: TrustedDocuments;
  /** The process's own limits; a purpose's class can only be stricter. */
  readonly limits: QueryLimits;
  /** Makes pseudonyms of users: whoever reads the evidence does not read who they are. */
  readonly userKey: string;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** The gate of production. */
export function createGate(parts: GateParts): Gate {
  const { registry, rates, signer, trustedDocuments, now, logger } = parts;
  const readDocument = createDocumentReader(parts.limits.maxTokens);
  const operations = createOperationIndex();
  const schemaAnswers = createSchemaAnswers();
  const identities = createIdentities(parts.userKey);
  const limitsOf = strictestByClass(parts.limits);

  return {
    enforces: true,
    evidence: parts.evidence,
    health() {
      const view = registry.current();
      return {
        isOpen: view !== undefined && parts.evidence.isKeeping,
        registry: view ? { asOf: view.verifiedAt.toISOString(), stale: view.isStale } : null,
        evidence: parts.evidence.isKeeping ? 'kept' : 'failing',
      };
    },
    async prepare(supergraph) {
      await trustedDocuments.prepare(supergraph);
      await operations.prepare(supergraph);
    },
    documents: (supergraph) => trustedDocuments.texts(supergraph),
    subgraphsOf: (partner) => registry.current()?.index.subgraphsOf(partner) ?? [],

    async identify(head) {
      const view = registry.current();
      if (!view) return registryGone;
      try {
        const claims = await parts.tokens.verify(head);
        const identity = identities.of(claims, view.index, now());
        return isRefusal(identity)
          ? identity
          : new GatePassage(identity, head.requestId, view, signer);
      } catch (error) {
        if (!(error instanceof AccessTokenError)) throw error;
        logger.debug({ requestId: head.requestId, check: error.check }, 'token refused');
        return unauthenticated(error);
      }
    },

    async admit(passage, question, supergraph, findings) {
      const { caller } = passage;
      if (!caller) throw new Error('a passage of another gate');
      const read = readQuestion(question, supergraph, findings);
      if (isRefusal(read)) return read;
      const { text, document } = read;
      const limits = limitsOf[caller.purpose.class];
      const over = overDocument(document, limits);
      if (over !== undefined) return tooCostly(over);
      const { operation, coordinates, count } = operations.compiled(
        supergraph,
        document,
        question.operationName,
      );
      if (!operation) return noOperation(question.operationName);
      const overSchema =
        operation.introspection === 'only' ? overLimit(document.weight, schemaLimits) : undefined;
      if (overSchema !== undefined) return tooCostly(overSchema);
      findings.operationName = operation.name;
      findings.coordinates = coordinates;
      const view = operations.view(supergraph, caller);
      const estimatedCost = estimateCost(view.costOf(operation), {
        ...operation.variableDefaults,
        ...question.variables,
      });
      findings.estimatedCost = estimatedCost;
      if (estimatedCost > limits.maxCost) {
        return tooCostly(
          `The query could cost ${estimatedCost}, more than the ${limits.maxCost} allowed for ${caller.purpose.class}`,
        );
      }
      const reservation = await rates.reserve(accountOf(caller), estimatedCost);
      if (isRefusal(reservation)) return reservation;
      const refused = authorise(caller, operation, document, view, findings.isTrusted);
      const asked =
        refused === undefined && operation.introspection === 'only'
          ? schemaAnswers.answer(view, document, question)
          : undefined;
      const schemaAnswer = asked && !isRefusal(asked) ? asked : undefined;
      const refusal = refused ?? (asked && isRefusal(asked) ? asked : undefined);
      if (refusal) {
        // Reading and checking it was work: as much as it is long, whatever was refused in it.
        await reservation.settle(document.tokens);
        return { ...refusal, headers: reservation.headers };
      }
      operations.note(caller, document, question.operationName);
      return new GateAdmission({
        query: text,
        document,
        findings,
        estimatedCost,
        schemaAnswer,
        reservation,
        count,
      });
    },

    async close() {
      await registry.close();
      await rates.close();
      await parts.evidence.close();
    },
  };

  /** The text to run, read: the client's own or the trusted one it names. */
  function readQuestion(
    question: Question,
    supergraph: Supergraph,
    findings: Findings,
  ): { readonly text: string; readonly document: ReadDocument } | Refusal {
    const id = question.documentId?.replace(/^sha256:/u, '');
    const trusted = id === undefined ? undefined : trustedDocuments.find(supergraph, id);
    if (id !== undefined && trusted === undefined) return notTrusted;
    if (trusted?.misfit !== undefined) return doesNotFit(trusted.misfit);
    const text = trusted?.document.document ?? question.query;
    if (text === undefined) return noQuery;
    const document = readDocument(text);
    if ('code' in document) {
      return { status: 400, code: document.code, message: document.message };
    }
    findings.document = document;
    findings.isTrusted = isTrusted(supergraph, document);
    return { text, document };
  }

  function isTrusted(supergraph: Supergraph, { hash }: ReadDocument): boolean {
    const found = trustedDocuments.find(supergraph, hash);
    return found !== undefined && found.misfit === undefined;
  }

  function authorise(
    caller: IdentifiedCaller,
    operation: CompiledOperation,
    document: ReadDocument,
    view: AccessView,
    isDocumentTrusted: boolean,
  ): Refusal | undefined {
    const mayWrite =
      caller.purpose.documents === 'FREE' &&
      caller.roles.some((role) => rolesWithFreeDocuments.has(role));
    const isSchemaOnly = operation.introspection === 'only';
    if (!mayWrite && !isSchemaOnly && !isDocumentTrusted) return notTrusted;
    if (operation.introspection === 'also') return mixedIntrospection;
    if (isSchemaOnly && !view.schema()) return nothingToShow(caller.purpose.id);
    const coordinate = view.refuses(operation);
    if (coordinate !== undefined) {
      return { status: 403, code: 'FORBIDDEN', coordinate, message: view.why(coordinate) };
    }
    const invalid = operations.invalid(view, document);
    return invalid === undefined
      ? undefined
      : { status: 400, code: 'GRAPHQL_VALIDATION_FAILED', message: invalid };
  }
}

function accountOf({ organisation, purpose }: IdentifiedCaller) {
  return {
    consumerId: organisation,
    purposeId: purpose.id,
    purposeClass: purpose.class,
    dailyQuota: purpose.dailyQuota,
  };
}

function overDocument(document: ReadDocument, limits: QueryLimits): string | undefined {
  return document.tokens > limits.maxTokens
    ? `The query has more tokens than the ${limits.maxTokens} allowed`
    : overLimit(document.weight, limits);
}
