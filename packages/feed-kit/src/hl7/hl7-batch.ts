import { Hl7Error } from './decode-hl7.ts';

export interface Hl7BatchMessage {
  /** Line of the file on which the message's header stands, from 1. */
  readonly line: number;
  readonly bytes: Buffer;
}

/**
 * Cuts an HL7 batch file (FHS, BHS, messages, BTS, FTS; the envelope may be missing) into messages.
 *
 * Throws `Hl7Error` when a trailer is missing or its count differs: a cut file may end inside a message
 * that still looks whole, so none of it can be trusted and the sender must send it again.
 */
export function readHl7Batch(file: Buffer): Hl7BatchMessage[] {
  const messages: { line: number; segments: string[] }[] = [];
  const envelope: Envelope = { opened: false, closed: false, batches: 0, batchCount: null };

  // ISO-8859-1 keeps every byte as it is: each message declares its own character set.
  const lines = file
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .split(/\r\n|\r|\n/);
  for (const [index, segment] of lines.entries()) {
    if (segment.trim() === '') continue;
    if (envelope.closed) throw new Hl7Error('FTS', 'segments after the file trailer');
    if (readEnvelope(envelope, segment, messages.length)) continue;
    if (segment.startsWith('MSH')) {
      messages.push({ line: index + 1, segments: [segment] });
      if (envelope.batchCount !== null) envelope.batchCount += 1;
      continue;
    }
    const current = messages.at(-1);
    if (!current) throw new Hl7Error('MSH', 'segments before the first header');
    current.segments.push(segment);
  }
  if (envelope.batchCount !== null) throw new Hl7Error('BTS', 'batch trailer is missing');
  if (envelope.opened && !envelope.closed) throw new Hl7Error('FTS', 'file trailer is missing');
  return messages.map(({ line, segments }) => ({
    line,
    bytes: Buffer.from(`${segments.join('\r')}\r`, 'latin1'),
  }));
}

interface Envelope {
  opened: boolean;
  closed: boolean;
  batches: number;
  /** Messages so far in the open batch; null outside one. */
  batchCount: number | null;
}

/** Takes in an envelope segment and checks its count; false when the segment belongs to a message. */
function readEnvelope(envelope: Envelope, segment: string, messages: number): boolean {
  switch (segment.slice(0, 3)) {
    case 'FHS':
      envelope.opened = true;
      return true;
    case 'BHS':
      if (envelope.batchCount !== null) throw new Hl7Error('BTS', 'batch trailer is missing');
      envelope.batchCount = 0;
      envelope.batches += 1;
      return true;
    case 'BTS':
      requireCount('BTS-1', segment, envelope.batchCount ?? messages);
      envelope.batchCount = null;
      return true;
    case 'FTS':
      if (envelope.batchCount !== null) throw new Hl7Error('BTS', 'batch trailer is missing');
      requireCount('FTS-1', segment, envelope.batches);
      envelope.closed = true;
      return true;
    default:
      return false;
  }
}

/** An empty count is allowed by the standard and checks nothing. */
function requireCount(field: string, segment: string, counted: number): void {
  const declared = (segment.slice(4).split(segment.charAt(3), 1)[0] ?? '').trim();
  if (declared === '') return;
  if (!/^\d+$/.test(declared)) throw new Hl7Error(field, 'count is not a number');
  if (Number(declared) !== counted)
    throw new Hl7Error(field, 'count differs from what the file holds');
}
