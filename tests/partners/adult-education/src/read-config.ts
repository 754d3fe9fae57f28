export interface Config {
  readonly host: string;
  readonly port: number;
  readonly issuer: string;
  readonly gatewayKeysFile: string;
  readonly exportFile: string;
  readonly sectorKeySecret: string;
}

/** Reads the environment, and says everything that is wrong with it at once. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];
  const need = (name: string): string => {
    const value = env[name] ?? '';
    if (value === '') problems.push(`${name} is missing`);
    return value;
  };
  const gatewayKeysFile = need('GATEWAY_KEYS_FILE');
  const exportFile = need('EXPORT_FILE');
  const sectorKeySecret = need('TAVOLO_SECTOR_KEY_SECRET');
  if (sectorKeySecret !== '' && sectorKeySecret.length < 32) {
    problems.push('TAVOLO_SECTOR_KEY_SECRET has fewer than 32 characters');
  }
  const port = Number(env['PORT'] ?? '4210');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) problems.push('PORT is no port');
  if (problems.length > 0) throw new Error(`Cannot start: ${problems.join('; ')}.`);
  return {
    host: env['HOST'] ?? '127.0.0.1',
    port,
    issuer: env['CONTEXT_ISSUER'] ?? 'tavolo-gateway',
    gatewayKeysFile,
    exportFile,
    sectorKeySecret,
  };
}
