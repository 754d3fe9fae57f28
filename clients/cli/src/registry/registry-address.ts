import { UsageError } from '../cli-error.ts';
import type { CliSurroundings } from '../cli-surroundings.ts';
import { loginFolder } from '../login/logins.ts';
import type { Project } from '../project/read-project.ts';
import { isKnownRegistry, keepKnownRegistry } from './known-registries.ts';

export const defaultRegistry = 'http://127.0.0.1:4020';

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);
const isOfThisMachine = ({ hostname }: URL) => loopbackNames.has(hostname);

/** An address that a token may be sent to: over TLS, or of this machine. */
export function readAddress(text: string, from: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isGood = url?.protocol === 'https:' || (url?.protocol === 'http:' && isOfThisMachine(url));
  if (url === null || !isGood || url.username !== '' || url.password !== '') {
    throw new UsageError(
      `${from}: an https address, or an http one of this machine; a token is sent there`,
    );
  }
  return url;
}

/**
 * Where the registry is: `--registry`, else `TAVOLO_REGISTRY`, else what the folder's `tavolo.json` says, else the hub of
 * `npm start`. A folder that came from elsewhere must not send this user's token anywhere new, so an address that only
 * `tavolo.json` names is taken when it was once named by the user.
 */
export async function chooseRegistry(
  asked: string | undefined,
  project: Project | null,
  { env }: CliSurroundings,
): Promise<URL> {
  const ofUser = asked ?? (env['TAVOLO_REGISTRY'] || undefined);
  if (ofUser !== undefined) {
    const url = readAddress(ofUser, asked === undefined ? 'TAVOLO_REGISTRY' : '--registry');
    if (!isOfThisMachine(url)) await keepKnownRegistry(loginFolder(env), url.origin);
    return url;
  }
  if (project?.registry === undefined) return new URL(defaultRegistry);
  const url = readAddress(project.registry, 'tavolo.json: registry');
  if (isOfThisMachine(url) || (await isKnownRegistry(loginFolder(env), url.origin))) return url;
  throw new UsageError(
    `tavolo.json names the registry ${url.origin}, and your token has never been sent there. If that is your hub, say so once: --registry ${url.origin}`,
  );
}
