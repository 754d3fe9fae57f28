import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type Caller,
  ContextRefused,
  type ContextVerifier,
  contextHeader,
} from '@tavolo/caller-context';
import { type DocumentNode, type GraphQLError, graphql, parse } from 'graphql';

type Modules = Extract<Parameters<typeof buildSubgraphSchema>[0], readonly unknown[]>;
type Resolvers = NonNullable<Exclude<Modules[number], DocumentNode>['resolvers']>;

/** What a test tells a subgraph to do in place of answering; `question` is the parsed body. */
type Misbehaviour = (
  response: ServerResponse,
  question: { readonly query: string; readonly variables?: Record<string, unknown> },
  request: IncomingMessage,
) => void;

/** A subgraph of invented data on a free port, which can be told to misbehave. */
export interface TestSubgraph {
  readonly url: string;
  readonly port: number;
  /** The questions it was asked, in order. */
  readonly questions: {
    readonly query: string;
    readonly headers: IncomingMessage['headers'];
    /** Who asks, where the subgraph verifies it. */
    readonly caller: Caller | undefined;
  }[];
  /** Calls it did not admit: what was wrong with their context. */
  readonly refused: string[];
  /** `undefined` makes it well again. */
  misbehave(misbehaviour: Misbehaviour | undefined): void;
  /** Put into `extensions.source` of every answer. */
  announce(source: object | undefined): void;
  close(): Promise<void>;
}

/** Listens as GraphQL over plain `node:http`, with no health page, as a foreign subgraph would. */
export async function startTestSubgraph(
  typeDefs: string,
  resolvers: Resolvers,
  port = 0,
  verifier?: ContextVerifier,
): Promise<TestSubgraph> {
  const schema = buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers }]);
  const questions: TestSubgraph['questions'] = [];
  const refused: string[] = [];
  let misbehaviour: Misbehaviour | undefined;
  let source: object | undefined;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') {
      response.writeHead(404).end();
      return;
    }
    const text = await readText(request);
    let caller: Caller | undefined;
    try {
      caller = verifier?.verify(request.headers[contextHeader], Buffer.from(text));
    } catch (error) {
      if (!(error instanceof ContextRefused)) throw error;
      refused.push(error.code);
      response.writeHead(401).end();
      return;
    }
    // The gateway under test is the only one who writes here.
    const question = JSON.parse(text) as Question;
    questions.push({ query: question.query, headers: request.headers, caller });
    if (misbehaviour) {
      misbehaviour(response, question, request);
      return;
    }
    const result = await graphql({
      schema,
      source: question.query,
      variableValues: question.variables,
      operationName: question.operationName,
    });
    sendJson(response, {
      data: result.data,
      ...(result.errors ? { errors: result.errors.map(withStack) } : {}),
      ...(source ? { extensions: { source } } : {}),
    });
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return {
    url: `http://127.0.0.1:${address.port}/graphql`,
    port: address.port,
    questions,
    refused,
    misbehave: (next) => {
      misbehaviour = next;
    },
    announce: (next) => {
      source = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with a JSON body, right or wrong. */
export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** As careless servers do in production: everything about the error goes out. */
function withStack(error: GraphQLError): object {
  return {
    ...error.toJSON(),
    extensions: { ...error.extensions, exception: { stacktrace: error.stack?.split('\n') } },
  };
}

interface Question {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
