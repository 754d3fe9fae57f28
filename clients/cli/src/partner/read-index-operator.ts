import { UsageError } from '../cli-error.ts';
import type { CliSurroundings } from '../cli-surroundings.ts';
import { folderOf } from '../project/read-target.ts';
import { readAddress } from '../registry/registry-address.ts';
import type { IndexOperator } from './register-in-index.ts';

export interface IndexOptions {
  readonly personIndex?: string;
  readonly personIndexTokenFile?: string;
  readonly tokenOut?: string;
  /** Seconds. */
  readonly timeout?: number;
}

const defaultTimeoutSeconds = 30;

/** The person index that is named, with its operator's token; null = none is. */
export function readIndexOperator(
  { personIndex, personIndexTokenFile, tokenOut, timeout = defaultTimeoutSeconds }: IndexOptions,
  surroundings: CliSurroundings,
): IndexOperator | null {
  if (personIndex === undefined) {
    if (personIndexTokenFile === undefined && tokenOut === undefined) return null;
    throw new UsageError('--person-index-token-file and --token-out go with --person-index');
  }
  if (personIndexTokenFile === undefined) {
    throw new UsageError('--person-index takes --person-index-token-file, its operator’s token');
  }
  return {
    index: readAddress(personIndex, '--person-index'),
    tokenFile: personIndexTokenFile,
    folder: folderOf(surroundings),
    timeoutMs: timeout * 1000,
  };
}
