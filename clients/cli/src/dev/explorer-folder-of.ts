import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where the built explorer is: where the user says, beside a bundle of this program, or in its repository. */
export function explorerFolderOf(asked: string | undefined): string | undefined {
  if (asked !== undefined) return asked;
  return ['./explorer', '../../../explorer/dist']
    .map((folder) => fileURLToPath(new URL(folder, import.meta.url)))
    .find((folder) => existsSync(`${folder}/index.html`));
}
