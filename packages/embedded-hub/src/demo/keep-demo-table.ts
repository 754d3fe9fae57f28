import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { demoToken } from '../access/demo-token.ts';
import { exists } from '../exists.ts';
import { createDocumentRunner } from '../run-document.ts';
import { keepTable } from './keep-table.ts';

/** Once: what the coordinator wrote stays in the table's register. */
export async function keepDemoTable(
  demoFolder: string,
  today: string,
  gatewayUrl: string,
  issuerUrl: string,
  onProgress: (line: string) => void,
): Promise<void> {
  const kept = join(demoFolder, 'table-kept');
  if (await exists(kept)) return;
  onProgress('the coordinator writes the register of the table');
  const token = await demoToken(issuerUrl, 'coordinator', 'urn:tavolo:graph', 'table-coordination');
  await keepTable(await createDocumentRunner(gatewayUrl, token), today);
  await writeFile(kept, '');
}
