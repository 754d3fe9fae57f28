/** Who to be on the login page, and what for; the account's first purpose unless told. */
export interface LoginChoice {
  readonly account: string;
  readonly purpose?: string;
}

/**
 * Does what a browser and a person do from the address of an authorization request to the redirect of the
 * client, whose address it gives: for tests and scripts, without a browser.
 */
export async function logInOverHttp(authorization: URL, choice: LoginChoice): Promise<URL> {
  const cookies = new Map<string, string>();
  const visit = async (url: URL, form?: URLSearchParams): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(form === undefined ? {} : { method: 'POST', body: form }),
    });
    for (const set of answer.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const equals = pair.indexOf('=');
      cookies.set(pair.slice(0, equals), pair.slice(equals + 1));
    }
    return answer;
  };

  const toLogin = locationOf(await visit(authorization), authorization);
  // An authorization request that is refused goes straight back to the client.
  if (toLogin.origin !== authorization.origin) return toLogin;
  const page = await (await visit(toLogin)).text();
  if (!page.includes(`value="${choice.account}"`)) {
    throw new Error('the login page does not offer this account');
  }
  const form = new URLSearchParams({ account: choice.account });
  if (choice.purpose !== undefined) form.set('purpose', choice.purpose);
  const toResume = locationOf(await visit(toLogin, form), authorization);
  return locationOf(await visit(toResume), authorization);
}

function locationOf(answer: Response, base: URL): URL {
  const location = answer.headers.get('location');
  if (location === null) throw new Error(`no redirect but status ${answer.status}`);
  return new URL(location, base);
}
