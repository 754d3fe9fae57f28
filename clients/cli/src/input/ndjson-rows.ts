import type { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { type InputRow, longestRow } from './input-row.ts';
import { readLines } from './read-lines.ts';

/** Reads one JSON object a line; a line that is none is refused, and the next one is read. Empty lines are nothing. */
export async function* readNdjsonRows(input: Readable): AsyncGenerator<InputRow> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const { line, bytes } of readLines(input, longestRow)) {
    const row = bytes === null ? refused(line, 'line too long') : readLine(line, bytes, decoder);
    if (row !== null) yield row;
  }
}

function readLine(line: number, bytes: Buffer, decoder: TextDecoder): InputRow | null {
  let text: string;
  try {
    text = decoder.decode(bytes).trim();
  } catch {
    return refused(line, 'not UTF-8');
  }
  if (text === '') return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused(line, 'not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refused(line, 'not an object');
  }
  const cells = new Map<string, string>();
  const unreadable: string[] = [];
  for (const [name, content] of Object.entries(value) as [string, unknown][]) {
    const cell = cellText(content);
    if (cell === null) unreadable.push(name);
    else cells.set(name, cell);
  }
  return { kind: 'row', line, cells, unreadable };
}

/** Null = a list, an object, or a number that JSON may have rounded. */
function cellText(content: unknown): string | null {
  if (content === null) return '';
  if (typeof content === 'string') return content;
  if (typeof content === 'boolean') return String(content);
  return typeof content === 'number' && Number.isSafeInteger(content) ? String(content) : null;
}

function refused(line: number, problem: Extract<InputRow, { kind: 'refused' }>['problem']) {
  return { kind: 'refused', line, problem } as const;
}
