import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { registerConsumers, registerDemo } from './register-demo.ts';

const registered = z.object({ issuer: z.string() });

/**
 * Registers the demo at the first start, and the issuer's new address where it has changed: tests run on free
 * ports, and a client is known by its issuer's address.
 */
export async function settleRegistration(
  file: string,
  options: Parameters<typeof registerDemo>[0],
): Promise<void> {
  const present = await readFile(file, 'utf8').catch(() => undefined);
  if (present === undefined) await registerDemo(options);
  else if (registered.parse(JSON.parse(present)).issuer === options.issuer) return;
  else await registerConsumers(options);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ issuer: options.issuer }));
}
