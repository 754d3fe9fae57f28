import type { SubmittedSubgraph } from '@tavolo/registry-api';
import type { SdlFile } from '@tavolo/schema-check';
import { UsageError } from '../cli-error.ts';
import { fetchSdl } from './fetch-sdl.ts';
import { readSchemaFiles } from './read-schema-files.ts';
import type { Target } from './read-target.ts';

export interface SubmissionOptions {
  readonly schema?: readonly string[];
  readonly url?: string;
  /** An address that answers the SDL as text. */
  readonly from?: string;
  readonly fromTokenFile?: string;
  /** Seconds. */
  readonly timeout?: number;
}

/** A subgraph's schema as it is sent: from the files that are named, from an address, or from where `tavolo.json` says. */
export async function readSubmission(
  target: Target,
  options: SubmissionOptions,
): Promise<SubmittedSubgraph> {
  const { name, own } = target;
  const url = options.url ?? own?.url;
  if (url !== undefined && !/^https?:$/u.test(URL.canParse(url) ? new URL(url).protocol : '')) {
    throw new UsageError('--url: the http(s) address that the subgraph listens at');
  }
  const files = await readFiles(target, options);
  return { name, files: [...files], ...(url === undefined ? {} : { url }) };
}

async function readFiles(
  { name, folder, own }: Target,
  { schema, from, fromTokenFile, timeout }: SubmissionOptions,
): Promise<readonly SdlFile[]> {
  if (from !== undefined && schema !== undefined) {
    throw new UsageError('--schema or --from: the schema comes from one of them');
  }
  if (from !== undefined) return [await fetchSdl(name, from, { fromTokenFile, timeout, folder })];
  const named = schema ?? own?.schema;
  if (named === undefined) {
    throw new UsageError(
      `where is the schema of ${name}? --schema FILES, or work in the folder that has its tavolo.json`,
    );
  }
  return readSchemaFiles(named, folder);
}
