import { ApolloGateway } from '@apollo/gateway';
import { type ExecutionResult, Kind, print } from 'graphql';
import { disableTelemetry } from '../disable-telemetry.ts';
import { SubgraphFailure } from '../subgraph-failure.ts';
import type { FederatedError, StartFederation } from './federation.ts';

/** Apollo's own executor, to compare with. */
export const startStockFederation: StartFederation = async (supergraph, subgraphs) => {
  disableTelemetry();
  const quiet = () => undefined;
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph,
    validateSupergraph: false,
    __exposeQueryPlanExperimental: false,
    queryPlannerConfig: { debug: { maxEvaluatedPlans: 200 } },
    logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    buildService: ({ name }) => ({
      async process({ request }) {
        const subgraph = subgraphs.find((each) => each.name === name);
        try {
          const body = JSON.stringify({ query: request.query, variables: request.variables });
          return { ...(await subgraph?.ask(body)) };
        } catch (error) {
          if (!(error instanceof SubgraphFailure)) throw error;
          return { errors: [{ message: error.reason, extensions: {} }] };
        }
      },
    }),
  });
  const { executor, schema } = await gateway.load();
  const plan = '';
  return {
    async answer({ query, document, variables }) {
      const operation = document.definitions.find(
        (each) => each.kind === Kind.OPERATION_DEFINITION,
      );
      if (!operation) throw new Error('an operation is needed');
      // Of what a server has in hand, the parts that this executor reads.
      const context = {
        request: { query, variables },
        document,
        schema,
        queryHash: print(document),
        operationName: operation.name?.value ?? null,
        operation,
        source: query,
        metrics: {},
        contextValue: {},
        cache: undefined,
        logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
      } as unknown as Parameters<typeof executor>[0];
      const { data, errors } = (await executor(context)) as ExecutionResult;
      return {
        data: JSON.parse(JSON.stringify(data ?? null)) as unknown,
        errors: (errors ?? []).map(
          (error): FederatedError => ({
            message: error.message,
            path: error.path,
            extensions: error.extensions,
          }),
        ),
      };
    },
    planOf: () => plan,
    stop: () => gateway.stop(),
  };
};
