import {
  districtsOf,
  mayReadDiagnostics,
  readPageRequest,
  toConnection,
} from '@tavolo/subgraph-kit';
import type { QueryResolvers } from '../generated/resolver-types.ts';
import { isTableProgram } from './is-table-program.ts';

export const Query: QueryResolvers = {
  async facilities(_parent, { district, receptionType, first, after }, { caller, store }) {
    const page = readPageRequest({ first, after: after ?? null });
    const filter = {
      districts: districtsOf(caller, district),
      receptionType: receptionType ?? null,
    };
    return toConnection(await store.facilities(filter, page), page, (row) => row.id);
  },
  async stays(_parent, { first, after }, { caller, store }) {
    const page = readPageRequest({ first, after: after ?? null }, { maxSize: 500 });
    // Figures of the whole province: for a caller who is narrowed to districts there are none.
    if (!isTableProgram(caller) || caller.districts !== null) return null;
    return toConnection(await store.everyStay(page), page, (row) => row.id);
  },
  async immediateReceptions(_parent, { district, from, to, first, after }, { caller, store }) {
    const page = readPageRequest({ first, after: after ?? null });
    const filter = {
      districts: districtsOf(caller, district),
      from: from ?? null,
      to: to ?? null,
      // The table's own program and nobody else: its figures leave it protected, and would be wrong without the protected.
      isForFigures: isTableProgram(caller),
    };
    return toConnection(await store.immediateReceptions(filter, page), page, (row) => row.id);
  },
  async presenceAlarms(_parent, { district, kind, since, first, after }, { caller, store, today }) {
    const page = readPageRequest({ first, after: after ?? null });
    const filter = {
      districts: districtsOf(caller, district),
      kind: kind ?? null,
      since: since ?? null,
    };
    return toConnection(await store.presenceAlarms(filter, today(), page), page, (row) => row.id);
  },
  async receptionCentresRejections(_parent, { first, after }, { caller, store }) {
    const page = readPageRequest({ first, after: after ?? null });
    const rows = mayReadDiagnostics(caller, 'reception-centres')
      ? await store.rejections(page)
      : [];
    return toConnection(rows, page, (row) => row.id);
  },
};
