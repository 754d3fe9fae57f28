import { operationLimits } from './operation-store.ts';

const dayMs = 86_400_000;

/** The oldest day that is remembered, `YYYY-MM-DD` in UTC. */
export function firstDay(now: Date): string {
  return new Date(now.getTime() - operationLimits.days * dayMs).toISOString().slice(0, 10);
}

/** A gateway whose clock runs ahead may be in tomorrow. */
export function lastDay(now: Date): string {
  return new Date(now.getTime() + dayMs).toISOString().slice(0, 10);
}
