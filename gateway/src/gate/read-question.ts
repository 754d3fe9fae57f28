import type { FastifyRequest } from 'fastify';
import type { Question } from './gate.ts';
import type { Refusal } from './refusal.ts';

const readable = /\*\/\*|application\/(?:\*|json|graphql-response\+json)/iu;

/** Reads one operation of a request, by the rules of GraphQL over HTTP; a list of them is refused. */
export function readQuestion(request: FastifyRequest): Question | Refusal {
  // Found out afterwards, the institutions would have been asked for an answer that nobody can read.
  const { accept } = request.headers;
  if (accept !== undefined && !readable.test(accept)) {
    return {
      status: 406,
      code: 'BAD_REQUEST',
      message: 'Answers are application/json or application/graphql-response+json',
    };
  }
  const isGet = request.method === 'GET';
  const given: unknown = isGet ? request.query : request.body;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return refused('The body must be one JSON object; several operations at once are not taken');
  }
  // An object, as was just seen; what it holds is looked at one by one.
  const fields = given as Readonly<Record<string, unknown>>;
  for (const name of ['query', 'documentId', 'operationName'] as const) {
    const value = fields[name];
    if (value !== undefined && value !== null && typeof value !== 'string') {
      return refused(`\`${name}\` must be text`);
    }
  }
  const variables = isGet ? parsed(fields['variables']) : (fields['variables'] ?? {});
  if (typeof variables !== 'object' || variables === null || Array.isArray(variables)) {
    return refused('`variables` must be an object');
  }
  // Nothing of them is used; one that is no object is a mistake that the specification lets a server tell.
  const extensions = isGet ? parsed(fields['extensions']) : (fields['extensions'] ?? {});
  if (typeof extensions !== 'object' || extensions === null || Array.isArray(extensions)) {
    return refused('`extensions` must be an object');
  }
  const text = (name: string) => {
    const value = fields[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  if (isGet && text('documentId') !== undefined) {
    return refused('Send `documentId` by POST: an address is kept where a body is not');
  }
  return {
    query: text('query'),
    documentId: text('documentId'),
    operationName: text('operationName'),
    variables: variables as Readonly<Record<string, unknown>>,
  };
}

/** Brackets in brackets at the most: what is read from an address is written down anew, one call for each. */
const maxNesting = 200;

function parsed(text: unknown): unknown {
  if (text === undefined || text === '') return {};
  if (typeof text !== 'string' || nestingOf(text) > maxNesting) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The most brackets open at once; one inside a text counts too. */
function nestingOf(text: string): number {
  let open = 0;
  let most = 0;
  for (const character of text) {
    if (character === '[' || character === '{') open += 1;
    else if (character === ']' || character === '}') open -= 1;
    most = Math.max(most, open);
  }
  return most;
}

function refused(message: string): Refusal {
  return { status: 400, code: 'BAD_REQUEST', message };
}
