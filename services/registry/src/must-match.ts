import { Refusal } from './refusal.ts';

/** What the sender believes to be there: a revision, nothing (`If-None-Match: *`), or no belief at all. */
export type Expected = number | 'nothing' | null;

/** Refuses to write over what the sender has not seen. */
export function mustMatch(before: { readonly revision: number } | null, expected: Expected): void {
  if (before === null) {
    if (typeof expected === 'number') {
      throw new Refusal('VERSION_CONFLICT', 'There is no such entry');
    }
    return;
  }
  if (expected === null) {
    throw new Refusal('PRECONDITION_REQUIRED', 'The entry exists; a change needs its ETag');
  }
  if (expected !== before.revision) {
    throw new Refusal('VERSION_CONFLICT', 'The entry is not the one you read');
  }
}
