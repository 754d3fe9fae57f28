import { copyFile, mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { loadSocialServices } from '@tavolo/demo-province';
import { type MllpSenderOptions, sendMllpFile } from '@tavolo/feed-kit';
import { StartProblem } from '@tavolo/process-kit';
import { z } from 'zod';
import { dropFolder } from '../hub-environment.ts';
import { type PartnerName, partnerNames } from '../process-name.ts';

const manifest = z.object({
  sources: z.record(z.enum(partnerNames), z.object({ files: z.array(z.string()) })),
});

/** Files of this folder of the health authority are sent over MLLP, message by message. */
const mllpFolder = 'mllp/';

/** Loads the social services' dump, as their own database administrator would. */
export async function deliverToSocialServices(
  province: string,
  databaseUrl: string,
): Promise<void> {
  await loadSocialServices(databaseUrl, join(province, 'social-services'));
}

/** Puts an institution's files in its drop folder; none is there under its name before it is whole. */
export async function dropFiles(
  province: string,
  hubFolder: string,
  name: PartnerName,
): Promise<number> {
  const target = dropFolder(hubFolder, name);
  await mkdir(target, { recursive: true });
  const files = (await filesOf(province, name)).filter((file) => !file.startsWith(mllpFolder));
  for (const file of files) {
    const destination = join(target, basename(file));
    await copyFile(join(province, name, file), `${destination}.part`);
    await rename(`${destination}.part`, destination);
  }
  return files.length;
}

/** Of a machine that starts everything at once. */
const acknowledgementTimeoutMs = 120_000;

/**
 * Sends the health authority's messages to its listener and counts the acknowledgements. Throws StartProblem when one
 * does not come.
 */
export async function sendHealthMessages(
  province: string,
  mllp: Pick<MllpSenderOptions, 'host' | 'port' | 'acknowledgementTimeoutMs'>,
): Promise<number> {
  let acknowledged = 0;
  for (const file of await filesOf(province, 'health-authority')) {
    if (!file.startsWith(mllpFolder)) continue;
    const content = await readFile(join(province, 'health-authority', file));
    const answers = await sendMllpFile(content, {
      acknowledgementTimeoutMs,
      ...mllp,
      window: 64,
    }).catch((cause: unknown) => {
      throw new StartProblem(
        `The health authority did not acknowledge the demo's HL7 messages, sent to ${mllp.host}:${mllp.port}: it ended, or this ` +
          'machine is too busy for it to answer in time. Its log, health-authority.log, says more; start again when the machine ' +
          'is less busy, and all is delivered anew. A smaller demo takes less: DEMO_SIZE=300 in a new TAVOLO_FOLDER.',
        { cause },
      );
    });
    for (const count of answers.values()) acknowledged += count;
  }
  return acknowledged;
}

/** How many dropped files nobody has taken yet. */
export async function countWaitingFiles(hubFolder: string, name: PartnerName): Promise<number> {
  const entries = await readdir(dropFolder(hubFolder, name), { withFileTypes: true }).catch(
    () => [],
  );
  return entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).length;
}

async function filesOf(province: string, name: PartnerName): Promise<readonly string[]> {
  const { sources } = manifest.parse(
    JSON.parse(await readFile(join(province, 'manifest.json'), 'utf8')),
  );
  return sources[name].files;
}
