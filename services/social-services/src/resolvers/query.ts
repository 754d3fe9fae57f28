import {
  districtsOf,
  HubError,
  mayReadDiagnostics,
  type PageRequest,
  readPageRequest,
  toConnection,
} from '@tavolo/subgraph-kit';
import type { SocialServicesContext } from '../context.ts';
import type { QueryResolvers } from '../generated/resolver-types.ts';
import type { IdLabel } from '../opaque-id.ts';
import type { KeysetPage } from '../store/social-services-store.ts';

export const Query: QueryResolvers = {
  async socialCases(_parent, { district, status, first, after }, { store, ids, caller }) {
    const page = readPageRequest({ first, after: after ?? null });
    const rows = await store.listCases(
      { districts: districtsOf(caller, district), status: status ?? null },
      keysetPage(page, 'case', ids),
    );
    return toConnection(rows, page, ({ localId }) => ids.encode('case', localId));
  },
  async deskContacts(_parent, { district, from, to, first, after }, { store, ids, caller }) {
    const page = readPageRequest({ first, after: after ?? null });
    const rows = await store.listDeskContacts(
      { districts: districtsOf(caller, district), from: from ?? null, to: to ?? null },
      keysetPage(page, 'contact', ids),
    );
    return toConnection(rows, page, ({ localId }) => ids.encode('contact', localId));
  },
  areaCodeMapping: (_parent, _arguments, { store, caller }) =>
    mayReadDiagnostics(caller, 'social-services') ? store.countAreaCodes() : [],
  socialServicesQuality(_parent, _arguments, { quality, caller }) {
    const latest = mayReadDiagnostics(caller, 'social-services') ? quality.latest() : null;
    return latest === null ? null : { ...latest, tables: [...latest.tables] };
  },
  socialServicesRejections(_parent, { first, after }, { quality, caller }) {
    const page = readPageRequest({ first, after: after ?? null });
    const latest = mayReadDiagnostics(caller, 'social-services') ? quality.latest() : null;
    // A place in the list of one scan: after another scan the same cursor may repeat or miss a row.
    const from = page.afterId === undefined ? 0 : readPlace(page.afterId);
    const places = (latest?.rejections ?? [])
      .slice(from, from + page.size + 1)
      .map((rejection, index) => ({ ...rejection, place: from + index + 1 }));
    return toConnection(places, page, ({ place }) => String(place));
  },
};

function keysetPage(
  { size, afterId }: PageRequest,
  label: IdLabel,
  ids: SocialServicesContext['ids'],
): KeysetPage {
  if (afterId === undefined) return { afterId: null, limit: size + 1 };
  const localId = ids.decode(label, afterId);
  if (localId === null) throw notACursor();
  return { afterId: localId, limit: size + 1 };
}

function readPlace(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw notACursor();
  return Number(text);
}

function notACursor(): HubError {
  return new HubError('BAD_USER_INPUT', 'Argument "after" is not a cursor of this list');
}
