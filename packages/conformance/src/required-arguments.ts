import {
  type GraphQLArgument,
  type GraphQLField,
  getNullableType,
  isEnumType,
  isListType,
  isRequiredArgument,
} from 'graphql';

/**
 * The arguments without which a field cannot be asked, as text (`district: PARMA`); `''` = none, null = one of
 * them cannot be thought of.
 */
export function requiredArguments(
  { args }: GraphQLField<unknown, unknown>,
  except: readonly string[] = [],
): string | null {
  const required = args.filter((arg) => isRequiredArgument(arg) && !except.includes(arg.name));
  const written = required.map((arg) => {
    const value = valueFor(arg);
    return value === null ? null : `${arg.name}: ${value}`;
  });
  return written.includes(null) ? null : written.join(', ');
}

function valueFor({ type }: GraphQLArgument): string | null {
  const given = getNullableType(type);
  if (isListType(given)) return '[]';
  if (isEnumType(given)) return given.getValues()[0]?.name ?? null;
  const written: Readonly<Record<string, string>> = {
    Boolean: 'false',
    Int: '1',
    Float: '1',
    Date: '"2026-01-01"',
    DateTime: '"2026-01-01T00:00:00Z"',
  };
  return written[given.toString()] ?? null;
}
