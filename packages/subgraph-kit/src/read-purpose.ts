/**
 * What a question is for: the header `x-tavolo-purpose`, which the gateway takes from the client and passes on to the
 * subgraphs. Null = it does not say, or says something that is no purpose id (1-64 letters, digits, `.`, `_`, `-`).
 */
export function readPurpose(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): string | null {
  const purpose = headers['x-tavolo-purpose'];
  return typeof purpose === 'string' && /^[A-Za-z0-9._-]{1,64}$/.test(purpose) ? purpose : null;
}
