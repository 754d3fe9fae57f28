import type { Role, SensitiveCategory } from '@tavolo/access-model';
import type { RegistryCommandOptions } from '../commands/registry-options.ts';

/** What `tavolo subgraph dev` takes. */
export interface DevOptions extends RegistryCommandOptions {
  readonly schema?: readonly string[];
  readonly url?: string;
  readonly port: number;
  readonly samples?: string;
  readonly seed: string;
  readonly listLength: number;
  readonly live?: true;
  readonly contextKey?: string;
  readonly devKey?: string;
  readonly role: readonly Role[];
  readonly purpose: string;
  readonly district?: readonly string[];
  readonly category?: readonly SensitiveCategory[];
  readonly explorer?: string;
  readonly open?: true;
  readonly once?: true;
  readonly lang?: string;
}
