import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

/** Whether the text is a day that exists, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function readDay(value: unknown): string {
  if (typeof value === 'string' && isDay(value)) return value;
  throw new GraphQLError('Date is expected as a day, YYYY-MM-DD');
}

/** `Date`: text in, the same text out, refused when it is no day. */
export const dateScalar = new GraphQLScalarType<string, string>({
  name: 'Date',
  serialize: readDay,
  parseValue: readDay,
  parseLiteral: (node) => readDay(node.kind === Kind.STRING ? node.value : undefined),
});
