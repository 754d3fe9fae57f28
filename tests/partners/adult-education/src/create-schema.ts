import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import type { Caller } from './caller.ts';
import type { Cursors } from './cursor.ts';
import { readEntities } from './entities.ts';
import type { Loaders } from './loaders.ts';
import { Refusal } from './refusal.ts';
import type { Course, Enrolment, Store } from './store.ts';

/** What each resolver has of the call it is part of. */
export interface CallContext {
  readonly caller: Caller;
  readonly loaders: Loaders;
}

interface PageArguments {
  readonly district?: string | null;
  readonly first: number;
  readonly after?: string | null;
}

const LARGEST_PAGE = 100;
const MOST_OF_A_PERSON = 50;

function checkFirst(first: number, most: number): void {
  if (first < 1 || first > most) {
    throw new Refusal('BAD_USER_INPUT', `\`first\` is between 1 and ${most}.`);
  }
}

/** One row more than asked for is read: it says whether another page follows. */
async function readPage<Row extends { readonly id: string }>(
  list: string,
  { district = null, first, after = null }: PageArguments,
  cursors: Cursors,
  read: (page: {
    readonly district: string | null;
    readonly after: string | null;
    readonly limit: number;
  }) => Promise<readonly Row[]>,
): Promise<object> {
  checkFirst(first, LARGEST_PAGE);
  const from = after === null ? null : cursors.read(list, after);
  const rows = await read({ district, after: from, limit: first + 1 });
  const nodes = rows.slice(0, first);
  const last = nodes.at(-1);
  return {
    nodes,
    pageInfo: {
      hasNextPage: rows.length > first,
      endCursor: last === undefined ? null : cursors.write(list, last.id),
    },
  };
}

const maybe = (value: 0 | 1 | null): boolean | null => (value === null ? null : value === 1);

/** The executable subgraph over a store; `_service` gives the SDL as it was written, word for word. */
export function createSchema(sdl: string, store: Store, cursors: Cursors): GraphQLSchema {
  const schema = buildSubgraphSchema([
    {
      typeDefs: parse(sdl),
      resolvers: {
        Query: {
          adultEducationEnrolments: async (_: unknown, page: PageArguments, call: CallContext) =>
            await readPage(
              'enrolments',
              page,
              cursors,
              async (request) => await store.enrolmentPage(request, call.caller.districts),
            ),
          adultEducationCourses: async (_: unknown, page: PageArguments) =>
            await readPage('courses', page, cursors, store.coursePage),
        },
        Person: {
          adultEducationEnrolments: async (
            person: { readonly adultEducationKey: string },
            { first }: { readonly first: number },
            call: CallContext,
          ) => {
            checkFirst(first, MOST_OF_A_PERSON);
            return await call.loaders.enrolmentsOf(first).load(person.adultEducationKey);
          },
        },
        AdultEducationEnrolment: {
          isCertified: (row: Enrolment) => maybe(row.isCertified),
          hasLearningSupport: (row: Enrolment, _: unknown, call: CallContext) => {
            if (!call.caller.categories.includes('HEALTH')) {
              throw new Refusal('FORBIDDEN', 'HEALTH is not granted to this purpose.');
            }
            return maybe(row.hasLearningSupport);
          },
          course: async (row: Enrolment, _: unknown, call: CallContext) =>
            await call.loaders.course.load(row.courseId),
          person: (row: Enrolment) => ({ adultEducationKey: row.personKey }),
        },
        AdultEducationCourse: {
          municipality: (row: Course) =>
            row.istatCode === null ? null : { istatCode: row.istatCode },
        },
      },
    },
  ]);
  const fields = schema.getQueryType()?.getFields();
  const [service, entities] = [fields?.['_service'], fields?.['_entities']];
  if (service === undefined || entities === undefined) throw new Error('This is no subgraph.');
  service.resolve = () => ({ sdl });
  entities.resolve = async (
    _: unknown,
    { representations }: { readonly representations: readonly unknown[] },
    call: CallContext,
  ) => await readEntities(representations, call.loaders);
  return schema;
}
