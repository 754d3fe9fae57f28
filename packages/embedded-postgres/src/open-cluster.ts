import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';

/**
 * Opens the cluster in a folder, making it first where there is none. Making it takes twice the memory and
 * WebAssembly memory is never given back, so it happens in a thread that ends; and in another folder, so that
 * a kill in the middle leaves nothing half made.
 */
export async function openCluster(dataDir: string): Promise<PGlite> {
  if (!existsSync(join(dataDir, 'PG_VERSION'))) {
    const fresh = `${dataDir}.new`;
    await rm(fresh, { recursive: true, force: true });
    await mkdir(dirname(dataDir), { recursive: true });
    await makeCluster(fresh);
    // Only an empty folder gives way: one with anything in it is not ours to replace.
    await rename(fresh, dataDir);
  }
  return PGlite.create({ dataDir });
}

function makeCluster(dataDir: string): Promise<void> {
  const worker = new Worker(
    `const { workerData: { pglite, dataDir } } = require('node:worker_threads');
     import(pglite)
       .then(({ PGlite }) => PGlite.create({ dataDir }))
       .then((db) => db.close());`,
    {
      eval: true,
      workerData: { pglite: import.meta.resolve('@electric-sql/pglite'), dataDir },
      execArgv: [],
    },
  );
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`The database could not be made (${code})`)),
    );
  });
}
