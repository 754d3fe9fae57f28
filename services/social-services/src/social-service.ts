import { readFileSync } from 'node:fs';
import { ConfigError } from '@tavolo/process-kit';
import { z } from 'zod';
import { canonicalAreaCode } from './store/area-code.ts';

const careArea = z.enum(['LEGAL', 'SOCIAL', 'HEALTH', 'HOUSING', 'WORK_TRAINING']);

const socialService = z.object({
  /** Short and stable: it is part of every local id, so changing it changes every opaque id. */
  code: z.string().regex(/^[A-Z]{2,8}$/),
  name: z.string(),
  schema: z.string().regex(/^[a-z_][a-z0-9_]*$/),
  dates: z.enum(['date', 'dd/mm/yyyy']),
  cancelled: z.enum(['cancellato_il', 'flag_annullato']),
  municipalities: z.enum(['istat', 'belfiore']),
  areaCodes: z
    .record(z.string(), careArea)
    .transform(
      (codes) =>
        new Map(Object.entries(codes).map(([code, area]) => [canonicalAreaCode(code), area])),
    ),
});

/** How one social service keeps its file: where, in which conventions, and what its area codes mean. */
export type SocialService = Readonly<z.infer<typeof socialService>>;

const shippedFile = new URL('../reference/social-services.json', import.meta.url);

/** Reads the table of social services, in the order of their codes; throws `ConfigError` naming what is wrong. */
export function readSocialServices(file: string | URL = shippedFile): readonly SocialService[] {
  const result = z.array(socialService).min(1).safeParse(readJson(file));
  if (!result.success) {
    throw new ConfigError(
      result.error.issues.map(
        (issue) => `social services file: ${issue.path.join('.')}: ${issue.message}`,
      ),
    );
  }
  const services = result.data.toSorted((one, other) => (one.code < other.code ? -1 : 1));
  if (new Set(services.map(({ code }) => code)).size < services.length) {
    throw new ConfigError(['social services file: two services have the same code']);
  }
  return services;
}

function readJson(file: string | URL): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new ConfigError(['social services file: cannot be read as JSON']);
  }
}
