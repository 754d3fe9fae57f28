import { z } from 'zod';
import { sha256Hex } from './canonical-json.ts';
import { canonicalBody, type EvidenceBody, evidenceBody } from './evidence-record.ts';

/** What the first record of a log follows. */
export const NOTHING_BEFORE = '0'.repeat(64);

const hash = z.string().regex(/^[0-9a-f]{64}$/u);
const envelope = z.strictObject({
  body: evidenceBody,
  hash,
  previous: hash,
  seq: z.int().min(1),
});

/** One record as it stands in a segment: the hash covers body, previous hash and number. */
export interface EvidenceLine {
  readonly body: EvidenceBody;
  readonly hash: string;
  readonly previous: string;
  readonly seq: number;
}

/** The canonical line of a record, without the line feed; `body` is canonical already. */
export function writeLine(body: string, previous: string, seq: number) {
  const rest = `"previous":"${previous}","seq":${seq}}`;
  const own = sha256Hex(`{"body":${body},${rest}`);
  return { hash: own, text: `{"body":${body},"hash":"${own}",${rest}` };
}

/** Reads a line back; `MALFORMED` when it is no record, `CHANGED` when it is not what was hashed. */
export function readLine(text: string): EvidenceLine | 'MALFORMED' | 'CHANGED' {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'MALFORMED';
  }
  const parsed = envelope.safeParse(value);
  if (!parsed.success) return 'MALFORMED';
  const { body, previous, seq, hash: said } = parsed.data;
  const written = writeLine(canonicalBody(body), previous, seq);
  // The same bytes, not only the same value: there is one way to write a record.
  return written.text === text && written.hash === said ? parsed.data : 'CHANGED';
}
