import { type HttpAnswer, isRecord } from './http-answer.ts';

/** What an error's text shows when it was not written for a reader. */
const insides: readonly (readonly [string, RegExp])[] = [
  [
    'a stack',
    /\n\s*at\s|\bat \S+ \([^)]*:\d+:\d+\)|Traceback \(most recent call|\(\w+\.java:\d+\)/u,
  ],
  [
    'a database’s own words',
    /\bselect\b[^;]*\bfrom\b|\binsert into\b|\bupdate\b[^;]*\bset\b|\bdelete from\b|ORA-\d{5}|SQLSTATE|syntax error at or near|duplicate key value|violates \S+ constraint|\b(?:relation|column) "[^"]*" (?:does not exist|already)|no such (?:table|column)/iu,
  ],
  [
    'a path of the server',
    /(?:^|[\s"'(:])\/(?:home|usr|var|opt|app|srv|work|tmp|etc|root|mnt|data)\/|[A-Za-z]:\\\\?\w|node_modules/u,
  ],
  [
    'an address of the inside',
    /\b[a-z]+:\/\/[\w.-]+|\b(?:\d{1,3}\.){3}\d{1,3}\b|\bE(?:CONNREFUSED|NOTFOUND|CONNRESET|TIMEDOUT|AI_AGAIN)\b/u,
  ],
];

const stackNames = new Set(['stacktrace', 'stack', 'exception', 'debugMessage', 'trace']);

/** What the errors of an answer tell of the inside of the server; null = nothing. */
export function findInsides(answer: HttpAnswer): string | null {
  const isGraphql = isRecord(answer.json);
  if (!isGraphql && answer.status < 400) return null;
  const errors = isRecord(answer.json) ? (answer.json['errors'] ?? answer.json) : answer.text;
  const isPlainAnswer = isRecord(answer.json) && !('errors' in answer.json) && answer.status < 400;
  if (isPlainAnswer) return null;
  const texts: string[] = [];
  const names = new Set<string>();
  collect(errors, texts, names);
  for (const name of names) {
    if (stackNames.has(name)) return `HTTP ${answer.status}, an error with "${name}"`;
  }
  for (const [what, pattern] of insides) {
    if (texts.some((text) => pattern.test(text))) {
      return `HTTP ${answer.status}, an error that tells ${what}`;
    }
  }
  return null;
}

const maxTexts = 2_000;

function collect(value: unknown, texts: string[], names: Set<string>): void {
  if (texts.length >= maxTexts) return;
  if (typeof value === 'string') texts.push(value.slice(0, 20_000));
  else if (Array.isArray(value)) for (const item of value) collect(item, texts, names);
  else if (isRecord(value)) {
    for (const [name, inner] of Object.entries(value)) {
      names.add(name);
      // Where in the answer an error stands is made of the question's own names.
      if (name !== 'path' && name !== 'data') collect(inner, texts, names);
    }
  }
}
