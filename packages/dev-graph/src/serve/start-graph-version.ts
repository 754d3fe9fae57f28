import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { ApolloServer, HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { disableTelemetry } from './disable-telemetry.ts';
import { withoutAccessControl } from './without-access-control.ts';

/** One composed graph, served until the next one composes. */
export interface GraphVersion {
  answer(request: GraphRequest): Promise<{ readonly status: number; readonly body: string }>;
  stop(): Promise<void>;
}

export interface GraphRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly search: string;
  readonly body: unknown;
}

/**
 * Serves a supergraph with nothing protected: everything but my own subgraph is invented, and mine is asked with
 * a context it judges itself. Rejects what the gateway's library does not take.
 */
export async function startGraphVersion(
  supergraphSdl: string,
  sourceOf: (name: string) => GraphQLDataSource,
): Promise<GraphVersion> {
  disableTelemetry();
  const gateway = new ApolloGateway({
    supergraphSdl: withoutAccessControl(supergraphSdl),
    __exposeQueryPlanExperimental: false,
    logger: silent,
    buildService: ({ name }) => sourceOf(name),
  });
  const server = new ApolloServer({
    gateway,
    introspection: true,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
    logger: silent,
    plugins: [
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
    ],
  });
  await server.start();
  let inFlight = 0;
  let isRetired = false;
  const endWhenIdle = async () => {
    if (isRetired && inFlight === 0) await server.stop();
  };
  return {
    async answer({ method, headers, search, body }) {
      inFlight += 1;
      try {
        const httpGraphQLRequest: HTTPGraphQLRequest = {
          method,
          headers: new HeaderMap(Object.entries(headers)),
          search,
          body,
        };
        const answered = await server.executeHTTPGraphQLRequest({
          httpGraphQLRequest,
          context: async () => ({}),
        });
        // Incremental delivery is not asked of the executor.
        if (answered.body.kind !== 'complete') throw new Error('an answer in parts');
        return { status: answered.status ?? 200, body: answered.body.string };
      } finally {
        inFlight -= 1;
        await endWhenIdle();
      }
    },
    async stop() {
      isRetired = true;
      await endWhenIdle();
    },
  };
}

const nothing = () => undefined;
/** The library greets at every load; what matters of it comes back as a rejection. */
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };
