import { z } from 'zod';

const loopbackHosts = ['127.0.0.1', '::1', 'localhost'] as const;

/**
 * What every process that listens reads. `HOST` is loopback only: the hub does not know yet who is asking,
 * so it answers nobody from outside the machine.
 */
export const serverConfig = {
  HOST: z
    .enum(loopbackHosts, {
      error:
        'must be a loopback address (127.0.0.1, ::1 or localhost): access control is not part of this version',
    })
    .default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
};
