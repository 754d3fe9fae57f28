import { HubError } from '@tavolo/subgraph-kit';

/** A rule of the register that this change would break. */
export function refuse(field: string, rule: string): never {
  throw new HubError('BAD_USER_INPUT', `${field} ${rule}`);
}

export function notFound(field: string, what: string): never {
  throw new HubError('NOT_FOUND', `${field} names no ${what} of the register`);
}
