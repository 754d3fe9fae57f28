import type { Caller, ContextKeys } from '@tavolo/caller-context';
import type { Logger } from '@tavolo/process-kit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SourceStatus } from './source-status.ts';

export interface SubgraphOptions<Context extends object> {
  /** Both run the same schema: `apollo` is Apollo Server, `mercurius` compiles repeated queries (JIT). */
  readonly engine: 'apollo' | 'mercurius';
  /** As the supergraph names it: calls signed for another subgraph are refused. */
  readonly name: string;
  readonly typeDefs: string;
  /** The generated `Resolvers` type of the service. */
  readonly resolvers: object;
  /** The gateway's public keys: nobody else is answered. */
  readonly gatewayKeys: ContextKeys;
  /** The `iss` the gateway signs with; `tavolo-gateway` when not given. */
  readonly gatewayIssuer?: string | undefined;
  /** The clock that calls are judged by. */
  readonly now?: () => Date;
  /** Called once a request: loaders cache, so sharing a context would leak rows between callers. */
  readonly createContext: (request: FastifyRequest, caller: Caller) => Context;
  readonly sourceStatus: () => Promise<SourceStatus>;
  /** Whether the store can answer now. */
  readonly isReady: () => Promise<boolean>;
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  readonly logger: Logger;
  /** Routes beside `/graphql` and `/health`. */
  readonly registerRoutes?: (app: FastifyInstance) => void;
}

export interface RunningSubgraph {
  /** `http://host:port`, without a path. */
  readonly url: string;
  readonly port: number;
  /**
   * Serves another schema from the next question on; those under way end as they began, so long as it has whatever the
   * one before had. Throws, and changes nothing, when it is none. Only with `mercurius`.
   */
  replaceSchema(typeDefs: string, resolvers: object): void;
  close(): Promise<void>;
}
