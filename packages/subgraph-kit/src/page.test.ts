import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HubError } from './hub-error.ts';
import { readPageRequest, toConnection } from './page.ts';

it('walks any list to its end, every row once, whatever the page size', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 40 }),
      fc.integer({ min: 1, max: 100 }),
      (ids, first) => {
        const sorted = [...ids].sort();
        const seen: string[] = [];
        let after: string | null = null;
        for (;;) {
          const page = readPageRequest({ first, after });
          const from = page.afterId;
          const rest = from === undefined ? sorted : sorted.filter((id) => id > from);
          const connection = toConnection(rest.slice(0, page.size + 1), page, (id) => id);
          seen.push(...connection.nodes);
          if (!connection.pageInfo.hasNextPage) break;
          after = connection.pageInfo.endCursor;
        }
        expect(seen).toEqual(sorted);
      },
    ),
  );
});

it('refuses a page outside its bounds and a cursor it did not give, naming the argument', () => {
  for (const first of [0, -1, 101]) {
    expect(() => readPageRequest({ first })).toThrow(
      new HubError('BAD_USER_INPUT', 'Argument "first" must be between 1 and 100'),
    );
  }
  expect(() => readPageRequest({ after: 'Zm9v' })).toThrow(/"after" is not a cursor/u);
});
