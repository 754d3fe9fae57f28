import { createHmac, timingSafeEqual } from 'node:crypto';
import { Refusal } from './refusal.ts';

/** Cursors that only this server can write: a row's opaque id, sealed for one list. */
export interface Cursors {
  readonly write: (list: string, id: string) => string;
  readonly read: (list: string, cursor: string) => string;
}

export function createCursors(secret: string): Cursors {
  const seal = (list: string, id: string): string =>
    createHmac('sha256', secret)
      .update(`adult-education/cursor\0${list}\0${id}`)
      .digest('base64url')
      .slice(0, 22);
  return {
    write: (list, id) => `${id}${seal(list, id)}`,
    read(list, cursor) {
      const id = cursor.slice(0, 43);
      const expected = Buffer.from(`${id}${seal(list, id)}`, 'utf8');
      const given = Buffer.from(cursor, 'utf8');
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
        throw new Refusal('BAD_USER_INPUT', '`after` is not a cursor that this list gave.');
      }
      return id;
    },
  };
}
