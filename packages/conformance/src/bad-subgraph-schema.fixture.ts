import { buildSubgraphSchema } from '@apollo/subgraph';
import { GraphQLError, type GraphQLSchema, isObjectType, parse } from 'graphql';
import { isRecord } from './http-answer.ts';
import type { SubgraphFault } from './subgraph-faults.fixture.ts';

export const plantedName = 'Canarini Esca';
/** Of the right form, with a wrong check character: of nobody. */
const plantedCode = 'RSSMRA80A01H501A';

export interface Visit {
  readonly id: string;
  readonly personKey: string;
  readonly kind: string;
  readonly district: string;
}

export interface CallContext {
  readonly districts: readonly string[] | null;
  /** How often the store was asked. */
  readonly calls: { count: number };
}

export const visits: readonly Visit[] = Array.from({ length: 130 }, (_, index) => ({
  id: `visit-${String(index).padStart(4, '0')}`,
  personKey: `person-${index % 40}`,
  kind: 'LISTENING',
  district: index % 2 === 0 ? 'PARMA' : 'FIDENZA',
}));

export function sdlWith(has: (fault: SubgraphFault) => boolean): string {
  return /* GraphQL */ `
    extend schema
      @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@inaccessible"])
    "Where a page ends."
    type PageInfo @shareable {
      hasNextPage: Boolean!
      endCursor: String
    }
    "A person."
    type Person @key(fields: "trialKey") {
      trialKey: ID! @inaccessible
      visits(first: Int! = 20): [Visit!]
    }
    "A visit."
    type Visit @key(fields: "id") {
      id: ID!
      kind: String!
      person: Person
    }
    type VisitConnection {
      nodes: [Visit!]!
      pageInfo: PageInfo!
      totalCount: Int!
    }
    type Query {
      visits(first: Int! = 50, after: String): VisitConnection${has('strict-border') ? '!' : ''}
    }
  `;
}

const refusal = (code: string, message: string) =>
  new GraphQLError(message, { extensions: { code } });

export function createBadSchema(has: (fault: SubgraphFault) => boolean): GraphQLSchema {
  const shown = (visit: Visit) => {
    if (has('tells-a-name') && visit.id === 'visit-0003') return { ...visit, kind: plantedName };
    if (has('tells-a-codice-fiscale') && visit.id === 'visit-0005')
      return { ...visit, kind: plantedCode };
    return visit;
  };
  const seenBy = ({ districts, calls }: CallContext) => {
    calls.count += 1;
    return visits.filter(
      ({ district }) => has('ignores-districts') || (districts?.includes(district) ?? true),
    );
  };
  const schema = buildSubgraphSchema([
    {
      typeDefs: parse(sdlWith(has)),
      resolvers: {
        Query: {
          visits(
            _parent: unknown,
            { first, after }: { first: number; after?: string | null },
            context: CallContext,
          ) {
            const rows = seenBy(context).map(shown);
            if ((first < 1 || first > 100) && !has('unbounded-pages')) {
              throw refusal('BAD_USER_INPUT', 'Argument "first" must be between 1 and 100');
            }
            const start = after == null ? 0 : startAfter(after, rows);
            const size = has('one-row-too-many') && first <= 2 ? first + 1 : first;
            const nodes = rows.slice(start, first === -1 ? -1 : start + size);
            const last = nodes.at(-1);
            const total = rows.length;
            return {
              nodes,
              totalCount: has('wrong-total') && total > 0 ? total - 40 : total,
              pageInfo: {
                hasNextPage: start + size < total,
                endCursor:
                  last === undefined ? null : Buffer.from(`after:${last.id}`).toString('base64url'),
              },
            };
          },
        },
        Person: {
          visits(
            { trialKey }: { trialKey: string },
            { first }: { first: number },
            context: CallContext,
          ) {
            if (has('tells-of-unknown-keys') && !trialKey.startsWith('person-'))
              return [shown(visits[0] as Visit)];
            return visitsOf(trialKey, context).slice(0, first);
          },
        },
        Visit: { person: ({ personKey }: Visit) => ({ trialKey: personKey }) },
      },
    },
  ]);

  /** As a loader would: one call of the store for all keys of a question, unless asked to be bad. */
  function visitsOf(key: string, context: CallContext) {
    if (has('one-call-per-key')) context.calls.count += 1;
    else if (context.calls.count === 0) context.calls.count = 1;
    return visits
      .filter(
        ({ district }) =>
          has('ignores-districts') || (context.districts?.includes(district) ?? true),
      )
      .filter(({ personKey }) => personKey === key)
      .map(shown);
  }

  function startAfter(after: string, rows: readonly { id: string }[]): number {
    const text = Buffer.from(after, 'base64url').toString('utf8');
    const place = rows.findIndex(({ id }) => text === `after:${id}`);
    if (place >= 0) return has('overlapping-pages') ? place : place + 1;
    if (has('ignores-strange-cursors')) return 0;
    throw refusal('BAD_USER_INPUT', `Argument "after" is not a cursor of this list`);
  }

  const entities = schema.getQueryType()?.getFields()['_entities'];
  if (entities === undefined) throw new Error('a schema without entities');
  entities.resolve = (
    _parent,
    { representations }: { representations: readonly unknown[] },
    context: CallContext,
  ) => resolveEntities(representations, context);

  function resolveEntities(representations: readonly unknown[], context: CallContext): unknown[] {
    if (representations.length === 0 && has('empty-list-is-an-error')) {
      throw refusal('INTERNAL_SERVER_ERROR', 'Something went wrong');
    }
    if (has('one-call-per-key')) context.calls.count += representations.length;
    else context.calls.count += 1;
    const answers = representations.map((one) => {
      try {
        return resolveOne(one, context, representations.length);
      } catch (error) {
        const isType = error instanceof GraphQLError && error.message.includes('type');
        if (
          has(isType ? 'unknown-type-fails-all' : 'wrong-key-fails-all') &&
          error instanceof WrongRepresentation
        )
          throw error;
        return error;
      }
    });
    if (has('cuts-long-lists') && answers.length > 150) return answers.slice(0, 100);
    const written = representations.map((one) => JSON.stringify(one));
    const isClean =
      answers.every((answer) => !(answer instanceof Error)) && representations.every(hasKey);
    const isDistinct = new Set(written).size === written.length;
    if (has('database-order') && isClean && isDistinct && written.length <= 20)
      return answers.toReversed();
    if (has('answers-duplicates-once') && isClean) {
      return answers.filter((_, index) => written.indexOf(written[index] ?? '') === index);
    }
    return answers;
  }

  function resolveOne(one: unknown, context: CallContext, beside: number): unknown {
    const { __typename, trialKey, id } = isRecord(one) ? one : {};
    const type = typeof __typename === 'string' ? schema.getType(__typename) : undefined;
    if (!isObjectType(type) || (type.name !== 'Person' && type.name !== 'Visit')) {
      throw new WrongRepresentation('A representation has no type of this source', {
        extensions: { code: 'BAD_USER_INPUT' },
      });
    }
    const key = type.name === 'Person' ? trialKey : id;
    if (key == null) {
      if (has('null-key-is-an-error'))
        throw refusal('BAD_USER_INPUT', 'A representation has no key');
      return null;
    }
    if (typeof key !== 'string') throw wrongKey();
    const found =
      type.name === 'Person'
        ? visitsOf(key, context).length > 0 && { __typename: 'Person', trialKey: key }
        : visits
            .filter(({ district }) => context.districts?.includes(district) ?? true)
            .find((visit) => visit.id === key);
    if (found)
      return type.name === 'Person' ? found : { __typename: 'Visit', ...shown(found as Visit) };
    if (has('tells-of-unknown-keys') && type.name === 'Person')
      return { __typename: 'Person', trialKey: key };
    if (has('unknown-key-is-an-error') && beside <= 20)
      throw refusal('NOT_FOUND', 'This source has no such thing');
    return null;
  }

  function wrongKey(): WrongRepresentation {
    const message = has('sql-in-errors')
      ? 'invalid input: select * from people where key = $1'
      : 'A key is no text';
    const extensions = has('errors-without-code') ? {} : { code: 'BAD_USER_INPUT' };
    return new WrongRepresentation(message, { extensions });
  }
  return schema;
}

class WrongRepresentation extends GraphQLError {}

const hasKey = (one: unknown): boolean =>
  isRecord(one) && (typeof one['trialKey'] === 'string' || typeof one['id'] === 'string');
