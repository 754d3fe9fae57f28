import { z } from 'zod';

/** A process that cannot start: every problem of its environment at once; names and rules, never a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Reads the environment once. An empty variable counts as absent. */
export function readConfig<Shape extends z.ZodRawShape>(
  shape: Shape,
  env: Readonly<Record<string, string | undefined>>,
): Readonly<z.infer<z.ZodObject<Shape>>> {
  const given = Object.fromEntries(
    Object.keys(shape).map((name) => [name, env[name] === '' ? undefined : env[name]]),
  );
  const result = z.object(shape).safeParse(given);
  if (result.success) return Object.freeze(result.data);
  const problems = result.error.issues.map(({ path, message }) => {
    const isMissing = given[String(path[0])] === undefined;
    return `  - ${path.map(String).join('.')}: ${isMissing ? 'is missing' : message}`;
  });
  throw new ConfigError(
    ['The configuration has problems; nothing was started:', ...problems].join('\n'),
  );
}
