import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** Whether the text is a day that exists, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!dayPattern.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Whether the text is an RFC 3339 instant with an offset, on a day that exists. */
export function isInstant(text: string): boolean {
  return instantPattern.test(text) && isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text));
}

function textScalar(name: string, description: string, isValid: (text: string) => boolean) {
  const read = (value: unknown): string => {
    if (typeof value === 'string' && isValid(value)) return value;
    throw new GraphQLError(`${name} is expected as ${description}`);
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: read,
    parseValue: read,
    parseLiteral: (node: ValueNode) => read(node.kind === Kind.STRING ? node.value : undefined),
  });
}

/** Resolvers of the two time scalars: text in, the same text out, refused when it is no date. */
export const dateScalars = {
  Date: textScalar('Date', 'a day, YYYY-MM-DD', isDay),
  DateTime: textScalar('DateTime', 'an RFC 3339 date and time with offset', isInstant),
};
