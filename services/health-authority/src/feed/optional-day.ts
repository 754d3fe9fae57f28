import { readHl7Date } from '@tavolo/feed-kit';
import { Refusal } from './refusal.ts';

/** Reads an HL7 day that may be absent (null) but not wrong: then throws `Refusal` on `field`. */
export function readOptionalDay(text: string, field: string): string | null {
  if (text === '') return null;
  const day = readHl7Date(text);
  if (day === null) throw new Refusal({ field, reason: 'is not a date' });
  return day;
}
