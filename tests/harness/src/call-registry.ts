/** One call of the registry's REST, with a token of whoever makes it. */
export interface RegistryCall {
  readonly registryUrl: string;
  readonly token: string;
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly path: string;
  readonly body?: object;
}

export interface CallAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Calls the registry as its people do; whether it agreed is for the journey to say. */
export async function callRegistry(call: RegistryCall): Promise<CallAnswer> {
  const { registryUrl, token, method, path, body } = call;
  const response = await fetch(`${registryUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, body: isJson ? JSON.parse(text) : text };
}
