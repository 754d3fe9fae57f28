import { dataOf, errorsOf, type HttpAnswer, isRecord } from './http-answer.ts';

const maxErrors = 3;
const maxFields = 12;
const maxDepth = 4;

/** An answer in words: status, form and codes, and never a value of it. */
export function sayAnswer(answer: HttpAnswer): string {
  const type = /^[\w.+-]+\/[\w.+-]+$/u.test(answer.mediaType) ? answer.mediaType : 'no media type';
  const parts = [`HTTP ${answer.status} (${type})`];
  if (answer.json === undefined) parts.push('a body that is no JSON');
  else if (!isRecord(answer.json)) parts.push('JSON that is no object');
  else {
    const data = dataOf(answer);
    parts.push(data === null ? 'no data' : `data ${sayShape(data)}`);
    const errors = errorsOf(answer);
    if (errors.length > 0) parts.push(`errors ${sayErrors(errors)}`);
  }
  return parts.join(', ');
}

function sayErrors(errors: ReturnType<typeof errorsOf>): string {
  const said = errors.slice(0, maxErrors).map(({ code, path }) => {
    const where = path === null ? '' : ` at ${path.map(sayName).join('.')}`;
    return `${sayCode(code)}${where}`;
  });
  const more = errors.length > maxErrors ? ` and ${errors.length - maxErrors} more` : '';
  return `[${said.join(', ')}${more}]`;
}

const sayCode = (code: string | null): string => {
  if (code === null) return 'without a code';
  return /^[A-Z][A-Z0-9_]{0,63}$/u.test(code) ? code : 'with a code that is no code';
};

const sayName = (name: string | number): string =>
  typeof name === 'number' || /^\w{1,64}$/u.test(name) ? String(name) : '…';

/** The form of a value: names of fields, kinds of leaves, lengths of lists. */
export function sayShape(value: unknown, depth = 0): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return sayList(value, depth);
  if (!isRecord(value)) return { string: 'text' }[typeof value as string] ?? typeof value;
  if (depth >= maxDepth) return '{…}';
  const fields = Object.entries(value);
  const said = fields
    .slice(0, maxFields)
    .map(([name, inner]) => `${sayName(name)}: ${sayShape(inner, depth + 1)}`);
  return `{${said.join(', ')}${fields.length > maxFields ? ', …' : ''}}`;
}

function sayList(list: readonly unknown[], depth: number): string {
  if (list.length === 0) return '[]';
  const shapes = list.slice(0, 100).map((item) => sayShape(item, depth + 1));
  const runs: [shape: string, length: number][] = [];
  for (const shape of shapes) {
    const last = runs.at(-1);
    if (last?.[0] === shape) last[1] += 1;
    else runs.push([shape, 1]);
  }
  const said = runs
    .slice(0, 6)
    .map(([shape, length]) => (length === 1 ? shape : `${length} × ${shape}`));
  const isAll = runs.length <= 6 && list.length <= 100;
  return `[${said.join(', ')}${isAll ? '' : `, … (${list.length} in all)`}]`;
}
