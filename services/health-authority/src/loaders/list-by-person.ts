import { groupInKeyOrder } from '@tavolo/subgraph-kit';
import DataLoader from 'dataloader';
import type { OfPerson } from '../store/health-rows.ts';

export type ListLoader<Row> = DataLoader<string, readonly OfPerson<Row>[]>;

/** One store call for one list of all the people of a request; `[]` for a key nobody has. */
export function createListLoader<Row>(
  read: (personKeys: readonly string[]) => Promise<OfPerson<Row>[]>,
): ListLoader<Row> {
  return new DataLoader(async (keys) =>
    groupInKeyOrder(keys, await read(keys), ({ personKey }) => personKey),
  );
}
