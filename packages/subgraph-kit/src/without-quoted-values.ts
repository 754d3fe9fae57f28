/** graphql quotes a wrong value in its message: a variable may be about a person, and messages get copied. */
export function withoutQuotedValues(message: string): string {
  return message
    .replace(/ got invalid value .*? at "/su, ' got an invalid value at "')
    .replace(/ got invalid value [^;]*/su, ' got an invalid value')
    .replace(/ cannot represent ([^:]*): .*/su, ' cannot represent $1')
    .replace(
      /(?:Value|Enum) .* does not exist in "([^"]+)" enum.*/su,
      'a value is not in the enum "$1"',
    )
    .replace(/^(Syntax Error: .*?), found .*/su, '$1');
}
