import { z } from 'zod';

/** A process that cannot start: every problem of its environment at once, names only. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      [
        'The configuration has problems; nothing was started:',
        ...problems.map((problem) => `  - ${problem}`),
      ].join('\n'),
    );
    this.name = 'ConfigError';
    // Thrown at the top of a process: the reader needs the list, not the frames.
    this.stack = this.message;
    this.problems = problems;
  }
}

/**
 * Reads and freezes a process's environment, once. An empty variable counts as absent. Messages name the
 * variable and the rule (zod 4 never quotes the input), since a value may be a secret.
 */
export function readConfig<Shape extends z.ZodRawShape>(
  shape: Shape,
  env: Readonly<Record<string, string | undefined>>,
): Readonly<z.infer<z.ZodObject<Shape>>> {
  const given = Object.fromEntries(
    Object.keys(shape).map((name) => [name, env[name] === '' ? undefined : env[name]]),
  );
  const result = z.object(shape).safeParse(given);
  if (result.success) return Object.freeze(result.data);
  throw new ConfigError(
    result.error.issues.map((issue) => {
      const name = issue.path.map(String).join('.');
      return given[String(issue.path[0])] === undefined
        ? `${name}: is missing`
        : `${name}: ${issue.message}`;
    }),
  );
}
