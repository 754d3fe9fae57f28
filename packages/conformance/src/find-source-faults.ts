import { isRecord } from './http-answer.ts';

const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/u;
const maxAheadMs = 5 * 60_000;

/** What is wrong with `extensions.source`, in words; null = nothing. */
export function findSourceFaults(json: unknown, now: Date): string | null {
  const extensions = isRecord(json) ? json['extensions'] : undefined;
  const source = isRecord(extensions) ? extensions['source'] : undefined;
  if (source === undefined) return 'MISSING';
  if (!isRecord(source)) return 'is no object';
  const { asOf, completeness, stale } = source;
  if (asOf !== null) {
    if (typeof asOf !== 'string' || !rfc3339.test(asOf) || Number.isNaN(Date.parse(asOf))) {
      return 'asOf is neither null nor a moment by RFC 3339 with an offset (2026-11-22T04:00:00Z)';
    }
    if (Date.parse(asOf) > now.getTime() + maxAheadMs) return 'asOf lies in the future';
  }
  if (completeness !== null && !isShare(completeness)) {
    return 'completeness is neither null nor a number from 0 to 1';
  }
  return typeof stale === 'boolean' ? null : 'stale is neither true nor false';
}

const isShare = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 1;
