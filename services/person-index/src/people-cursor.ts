import { HubError } from '@tavolo/subgraph-kit';
import { createRecordSeal, SealError } from './store/sealed-record.ts';

/** Where a page of people ended, so that whoever holds it reads nothing in it and no other purpose can use it. */
export interface PeopleCursor {
  write(ref: string): string;
  /** Throws BAD_USER_INPUT for what this purpose was not given. */
  read(cursor: string): string;
}

/** `secret` has at least 32 characters; call once, then once per purpose. */
export function createPeopleCursors(secret: string): (purpose: string) => PeopleCursor {
  const seal = createRecordSeal(secret);
  return (purpose) => {
    const context = `cursor/people/${purpose}`;
    return {
      write: (ref) => seal.seal(context, ref).toString('base64url'),
      read(cursor) {
        try {
          return seal.open(context, Buffer.from(cursor, 'base64url'));
        } catch (cause) {
          if (!(cause instanceof SealError)) throw cause;
          throw new HubError(
            'BAD_USER_INPUT',
            'Argument "after" is not a cursor of this list for this purpose',
          );
        }
      },
    };
  };
}
