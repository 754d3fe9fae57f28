import { CompactSign, compactVerify, importJWK } from 'jose';
import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';
import { importSigningKey, type ReportPublicKey, type ReportSigningKey } from './report-key.ts';

const typ = 'tavolo-yearly-report+jws';
const hash = z.string().regex(/^[0-9a-f]{64}$/u);

/** What the signature is over: the snapshot and every output, by their hashes. */
export const reportSeal = z.strictObject({
  year: z.int(),
  version: z.int(),
  /** Of the snapshot's canonical JSON, which is the JSON output. */
  sha256: hash,
  csv: hash,
  dataDictionary: hash,
  pdf: hash,
});
export type ReportSeal = Readonly<z.infer<typeof reportSeal>>;

/** Signs a seal as a compact JWS (EdDSA over Ed25519). */
export async function signReport(seal: ReportSeal, key: ReportSigningKey): Promise<string> {
  return new CompactSign(new TextEncoder().encode(canonicalJson(reportSeal.parse(seal))))
    .setProtectedHeader({ alg: 'EdDSA', typ, kid: key.kid })
    .sign(await importSigningKey(key));
}

/** What was signed, or `null` when this key did not sign it. */
export async function openSignature(
  jws: string,
  publicKey: ReportPublicKey,
): Promise<ReportSeal | null> {
  try {
    const { payload, protectedHeader } = await compactVerify(
      jws,
      await importJWK({ ...publicKey }, 'EdDSA'),
      { algorithms: ['EdDSA'] },
    );
    if (protectedHeader.typ !== typ || protectedHeader.kid !== publicKey.kid) return null;
    return reportSeal.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)));
  } catch {
    return null;
  }
}
