import { type Command, InvalidArgumentError } from 'commander';

/** What every command that asks the registry takes. */
export interface RegistryCommandOptions {
  readonly registry?: string;
  readonly timeout?: number;
  readonly json?: true;
}

/** What every command that asks somebody says of its end. */
export const exitCodesHelp = `
Exit codes: 0 done · 1 refused, or failed · 2 written wrongly · 3 nobody answered, or nobody could answer now`;

/** Adds them to a command. */
export function withRegistryOptions(command: Command): Command {
  return command
    .option('--registry <url>', 'the registry; else TAVOLO_REGISTRY, tavolo.json, this machine’s')
    .option('--timeout <seconds>', 'how long an answer is waited for (120)', readTimeout)
    .option('--json', 'one JSON object on standard output')
    .addHelpText('after', exitCodesHelp);
}

function readTimeout(text: string): number {
  const seconds = Number(text);
  if (seconds > 0 && seconds <= 3600) return seconds;
  throw new InvalidArgumentError('seconds, at most 3600.');
}
