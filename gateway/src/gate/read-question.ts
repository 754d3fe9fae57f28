import type { Question } from './gate.ts';
import type { Refusal } from './refusal.ts';
import { noQuery } from './refusals.ts';

/**
 * Reads one operation of a request, by the rules of GraphQL over HTTP; a list of them is refused. `given` is the body,
 * or of a GET the address's parameters, whose `variables` and `extensions` are JSON in text.
 */
export function readQuestion(isGet: boolean, given: unknown): Question | Refusal {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return refused('The body must be one JSON object; several operations at once are not taken');
  }
  // An object, as was just seen; what it holds is looked at one by one.
  const fields = given as Readonly<Record<string, unknown>>;
  const query = textOf(fields['query']);
  if (query === null) return refused('`query` must be text');
  const documentId = textOf(fields['documentId']);
  if (documentId === null) return refused('`documentId` must be text');
  const operationName = textOf(fields['operationName']);
  if (operationName === null) return refused('`operationName` must be text');
  const variables = isGet ? parsed(fields['variables']) : (fields['variables'] ?? {});
  if (typeof variables !== 'object' || variables === null || Array.isArray(variables)) {
    return refused('`variables` must be an object');
  }
  // Nothing of them is used; one that is no object is a mistake that the specification lets a server tell.
  const extensions = isGet ? parsed(fields['extensions']) : (fields['extensions'] ?? {});
  if (typeof extensions !== 'object' || extensions === null || Array.isArray(extensions)) {
    return refused('`extensions` must be an object');
  }
  if (query === undefined && documentId === undefined) return noQuery;
  return {
    query,
    documentId,
    operationName,
    variables: variables as Readonly<Record<string, unknown>>,
  };
}

/** Nothing and an empty text are nothing; `null` = something else than text. */
function textOf(value: unknown): string | undefined | null {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return value === undefined || value === null ? undefined : null;
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
