import type { IssuerLogger } from './options.ts';

const notice = 'Unsupported runtime. Use Node.js v22.x LTS, or a later LTS release.';

/**
 * Loads `oidc-provider` when it is needed: it is large, and most processes never are an issuer. It warns on
 * the console that Node 20 is not supported; that is told to the log once, where whoever runs this looks,
 * and every other warning passes.
 */
export async function loadProvider(logger: IssuerLogger): Promise<typeof import('oidc-provider')> {
  const { warn } = console;
  console.warn = (...said: unknown[]) => {
    if (String(said[0]).includes(notice)) {
      logger.info(
        { node: process.version },
        'oidc-provider supports Node 22 and later; the development issuer is tested with this Node too',
      );
    } else {
      warn(...said);
    }
  };
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
  }
}
