import { z } from 'zod';

const loopbackHosts = ['127.0.0.1', '::1', 'localhost'] as const;

/**
 * What every process that listens reads. `HOST` is loopback only: tokens and answers travel in the clear, so TLS
 * ends at a reverse proxy on the same machine.
 */
export const serverConfig = {
  HOST: z
    .enum(loopbackHosts, {
      error:
        'must be a loopback address (127.0.0.1, ::1 or localhost): whoever asks from outside comes through a reverse proxy with TLS',
    })
    .default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
};
