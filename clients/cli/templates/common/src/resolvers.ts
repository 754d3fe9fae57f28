import type { RequestContext } from './context.ts';
import { dateScalar } from './hub/date-scalars.ts';
import { untilDeadline } from './hub/deadline.ts';
import { readPage, readSize, toConnection } from './hub/page.ts';
import { type District, districtsOf, requireCategory } from './hub/row-scope.ts';
import { maxPerPerson } from './loaders.ts';
import type { Enrolment } from './store/enrolment.ts';

interface PersonReference {
  readonly __KEY__: string;
}

interface PageArguments {
  readonly first: number;
  readonly after?: string | null;
  readonly district?: District | null;
}

/** GraphQL type → calls; no SQL and no parsing here. */
export const resolvers = {
  Date: dateScalar,

  Query: {
    async __FIELD__Enrolments(_parent: unknown, args: PageArguments, context: RequestContext) {
      const page = readPage(args.first, args.after);
      const scope = districtsOf(context.caller, args.district);
      const rows = await untilDeadline(context.signal, () => context.store.findPage(page, scope));
      return toConnection(rows, page, (row) => row.id);
    },
  },

  Person: {
    /** Somebody this institution does not know, or whom the caller may not see, is null. */
    async __resolveReference(given: unknown, context: RequestContext) {
      const key = textOf(given, '__KEY__');
      if (key === null) return null;
      const rows = await context.enrolmentsByPerson.load(key);
      return rows.length === 0 ? null : { __KEY__: key };
    },
    async __FIELD__Enrolments(
      { __KEY__ }: PersonReference,
      { first }: { readonly first: number },
      { enrolmentsByPerson }: RequestContext,
    ) {
      const size = readSize(first, maxPerPerson);
      return (await enrolmentsByPerson.load(__KEY__)).slice(0, size);
    },
  },

  __TYPE__Enrolment: {
    async __resolveReference(given: unknown, { enrolmentById }: RequestContext) {
      const id = textOf(given, 'id');
      return id === null ? null : enrolmentById.load(id);
    },
    isTargeted({ isTargeted }: Enrolment, _args: unknown, { caller }: RequestContext) {
      requireCategory(caller, 'HEALTH');
      return isTargeted;
    },
    person({ personKey }: Enrolment): PersonReference {
      return { __KEY__: personKey };
    },
  },
};

/** A key of a representation; null when it is missing, null or no text: such a one never reaches the store. */
function textOf(given: unknown, key: string): string | null {
  const value: unknown =
    typeof given === 'object' && given !== null ? Reflect.get(given, key) : undefined;
  return typeof value === 'string' && value.length > 0 && value.length <= 200 ? value : null;
}
