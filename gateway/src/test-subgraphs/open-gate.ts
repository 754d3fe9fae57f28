import type { Gate } from '../gate/gate.ts';

/**
 * Lets everybody ask everything: for conformance suites, measurements of the executor alone, and tests of
 * what lies behind the gate. A gateway takes it for graphs that ask for no protection, and for no others.
 */
export function createOpenGate(): Gate {
  return {
    enforces: false,
    evidence: undefined,
    identify: async () => ({
      caller: null,
      user: null,
      registry: null,
      suspended: () => undefined,
      contextFor: () => undefined,
    }),
    admit: async (_passage, { query = '', operationName }) => ({
      query,
      document: null,
      operationName: operationName ?? null,
      isTrusted: false,
      coordinates: [],
      estimatedCost: null,
      schemaAnswer: undefined,
      headers: {},
      count: () => null,
      settle: async () => undefined,
    }),
    close: async () => undefined,
  };
}
