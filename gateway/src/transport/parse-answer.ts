import { isAscii, isUtf8 } from 'node:buffer';
import { SubgraphFailure } from '../subgraph-failure.ts';

/** Reads bytes once into one JSON object; of a name that comes twice the last value counts. */
export function parseAnswer(bytes: Buffer): object {
  let value: unknown;
  try {
    value = JSON.parse(decode(bytes));
  } catch {
    // The parser's message quotes the text; it is left out on purpose.
    throw new SubgraphFailure('INVALID_ANSWER');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SubgraphFailure('INVALID_ANSWER');
  }
  return value;
}

function decode(bytes: Buffer): string {
  // Without a byte above 127 both readings are the same text, and this one is a plain copy.
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (!isUtf8(bytes)) throw new SubgraphFailure('INVALID_ANSWER');
  return bytes.toString('utf8');
}
