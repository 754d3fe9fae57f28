/** Everything a command touches besides files; `main.ts` gives the real ones. */
export interface CliSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Results. */
  readonly print: (text: string) => void;
  /** Progress and errors. */
  readonly say: (text: string) => void;
  /** Whether progress may overwrite its own line. */
  readonly isTerminal: boolean;
  /** Milliseconds that only go forward. */
  readonly nowMs: () => number;
}

/** 0 = done; 1 = something was refused or failed; 2 = the command was written wrongly. */
export type ExitCode = 0 | 1 | 2;
