// Before the first `npm start` on a desk: a key that stands for the gateway's, and a secret of one's own.
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { makeDevelopmentKeys } from './development-keys.ts';

const mode = 0o600;
if (!existsSync('.env')) {
  const { privateKey, publicKeys } = makeDevelopmentKeys();
  writeFileSync('dev/gateway-private-key.json', `${JSON.stringify(privateKey)}\n`, { mode });
  writeFileSync('dev/gateway-keys.json', `${JSON.stringify(publicKeys)}\n`, { mode });
  const lines = [
    '# Made by `npm start` for this machine only; .env.example says what each means.',
    'GATEWAY_KEYS=dev/gateway-keys.json',
    `SECTOR_KEY_SECRET=${randomBytes(32).toString('hex')}`,
  ];
  writeFileSync('.env', `${lines.join('\n')}\n`, { mode });
  console.error('Made .env and a development key in dev/: they stay on this machine (.gitignore).');
}

if (existsSync('data/example') && !existsSync('data/drop')) {
  cpSync('data/example', 'data/drop', { recursive: true });
  console.error('Put the invented data into data/drop, where your exports will go.');
}
