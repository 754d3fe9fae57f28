import { newSigningKey } from './new-signing-key.ts';

/** All that `main.ts` has no default for; invented, and good for a start unless something is replaced. */
export async function hubEnvironment(
  more: Readonly<Record<string, string>> = {},
): Promise<Record<string, string>> {
  const [context, evidence, registry] = await Promise.all([
    newSigningKey('context'),
    newSigningKey('evidence'),
    newSigningKey('registry'),
  ]);
  return {
    TOKEN_ISSUERS: '[{"issuer":"http://127.0.0.1:1"}]',
    REGISTRY_URL: 'http://127.0.0.1:1',
    REGISTRY_TOKEN: 'an invented token of thirty-two characters',
    REGISTRY_PUBLIC_KEY: JSON.stringify(registry.publicKey),
    REGISTRY_STATE_FILE: '/nowhere/registry-state',
    SUPERGRAPH_KEPT_FILE: '/nowhere/supergraph.jws',
    CONTEXT_SIGNING_KEY: JSON.stringify(context.signingKey),
    EVIDENCE_DIR: '/nowhere/evidence',
    EVIDENCE_SIGNING_KEY: JSON.stringify(evidence.signingKey),
    USER_KEY: 'an invented key of at least thirty-two characters',
    ...more,
  };
}
