import { rm } from 'node:fs/promises';
import { prepareHubFolder } from '@tavolo/harness';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    preparedHubFolder: string;
  }
}

/** Takes the province in once; every journey starts its own processes on a copy. */
export default async function setup(project: TestProject) {
  const folder = await prepareHubFolder();
  project.provide('preparedHubFolder', folder);
  return () => rm(folder, { recursive: true, force: true });
}
