import { createHash } from 'node:crypto';
import { decodeHl7, Hl7Error, readHl7Header, readHl7Message } from '@tavolo/feed-kit';
import type { Delivery, MessageReading } from '../store/health-feed-store.ts';
import { type AdtConventions, parseAdt, segmentsRead } from './parse-adt.ts';
import { Refusal } from './refusal.ts';

/** What the store takes, and whether a refusal is answered AR (not a message for us) or AE. */
export interface Hl7Delivery {
  readonly delivery: Delivery;
  readonly isForeign: boolean;
}

/** Reads one HL7 message however broken it is: what cannot be understood becomes a refusal, never an exception. */
export function readHl7Delivery(
  bytes: Buffer,
  origin: { readonly source: string; readonly line: number | null; readonly receivedAt: string },
  conventions: AdtConventions,
): Hl7Delivery {
  const { sendingApplication, sendingFacility, controlId } = readHl7Header(bytes);
  const { reading, isForeign } = readMessage(bytes, conventions);
  return {
    isForeign,
    delivery: {
      ...origin,
      sender: `${sendingApplication}|${sendingFacility}`,
      controlId,
      bytes,
      contentSha256: digestWithoutHeader(bytes),
      reading,
    },
  };
}

function readMessage(
  bytes: Buffer,
  conventions: AdtConventions,
): { reading: MessageReading; isForeign: boolean } {
  try {
    const message = readHl7Message(decodeHl7(bytes), segmentsRead);
    return { reading: { kind: 'accepted', ...parseAdt(message, conventions) }, isForeign: false };
  } catch (cause) {
    if (!(cause instanceof Refusal) && !(cause instanceof Hl7Error)) throw cause;
    const problem = { field: cause.field, reason: cause.message };
    // A message in the wrong character set is ours, with a fault; one without a header isn't a message.
    const isForeign = cause instanceof Hl7Error ? cause.field !== 'MSH-18' : cause.isForeign;
    return { reading: { kind: 'refused', problem }, isForeign };
  }
}

/** A resent message carries a new MSH-7; the rest is what makes it the same. */
function digestWithoutHeader(bytes: Buffer): string {
  const end = bytes.indexOf(0x0d);
  return createHash('sha256')
    .update(end < 0 ? bytes : bytes.subarray(end))
    .digest('hex');
}
