import type { CodeRows } from './explained-code.ts';

/** What this command line says itself, in `error.code` of `--json`. */
export const commandCodes: CodeRows = {
  NOT_REACHED: [
    'Nobody answered, or nobody could answer now (exit code 3).',
    'The hub is down, the address is wrong, the network is cut, it took longer than --timeout, or what answered is no hub.',
    'tavolo doctor finds out at which step. Then try again: nothing was half done; after a timeout, look first.',
  ],
};
