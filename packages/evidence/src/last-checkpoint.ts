import { join } from 'node:path';
import type { JWK } from 'jose';
import { EvidenceProblem } from './evidence-error.ts';
import { CHECKPOINTS, readIfThere } from './evidence-files.ts';
import { type CheckpointStatement, createStatementReader } from './signed-statement.ts';

/** The last signed checkpoint of a log, to be kept where the log's keeper cannot reach it. */
export async function lastCheckpointOf(
  folder: string,
  publicKeys: readonly JWK[],
): Promise<{ readonly jws: string; readonly statement: CheckpointStatement }> {
  const text = (await readIfThere(join(folder, CHECKPOINTS)))?.toString('latin1') ?? '';
  const jws = text.trimEnd().split('\n').at(-1) ?? '';
  const statement = await (await createStatementReader(publicKeys))(jws);
  if (statement?.kind === 'checkpoint' || statement?.kind === 'seal') return { jws, statement };
  throw new EvidenceProblem(
    `${folder} has no checkpoint signed with a key that was given: it is no evidence log, or not of this key.`,
  );
}
