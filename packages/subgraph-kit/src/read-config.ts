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
 * variable and the rule, never its value: a value may be a secret.
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
        : `${name}: ${ruleOf(issue)}`;
    }),
  );
}

/** Zod's own messages can quote the input for some checks; those are replaced by the rule. */
function ruleOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'unrecognized_keys':
      return 'has unknown entries';
    default:
      return issue.message;
  }
}
