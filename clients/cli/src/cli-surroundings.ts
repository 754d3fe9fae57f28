/** Everything a command touches besides files; `main.ts` gives the real ones. */
export interface CliSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Results. */
  readonly print: (text: string) => void;
  /** Progress and errors. */
  readonly say: (text: string) => void;
  /** Whether progress may overwrite its own line. */
  readonly isTerminal: boolean;
  /** Whether results may be coloured; not unless said. */
  readonly hasColours?: boolean;
  /** The folder that a command works in; the process's own unless said. */
  readonly folder?: string;
  /** Milliseconds that only go forward. */
  readonly nowMs: () => number;
}

/**
 * 0 = done; 1 = something was refused or failed; 2 = the command was written wrongly; 3 = nobody answered, or nobody could
 * answer now.
 */
export type ExitCode = 0 | 1 | 2 | 3;
