import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findFreePort } from './find-free-port.ts';
import { refuseTakenPorts } from './refuse-taken-ports.ts';

let other: Server;
let taken: number;
beforeEach(async () => {
  other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  taken = typeof address === 'object' && address ? address.port : 0;
});
afterEach(() => void other.close());

it('says which ports another hub has, and what to do', async () => {
  const gateway = await findFreePort('127.0.0.1');
  await expect(refuseTakenPorts({ gateway, 'person-index': taken })).rejects.toThrow(
    `Another hub, or another program, is running on this machine and listens on port ${taken} (person-index): ` +
      'end it (Ctrl-C in its terminal), then start again.',
  );
});

it('leaves free ports free', async () => {
  const gateway = await findFreePort('127.0.0.1');
  await refuseTakenPorts({ gateway, registry: 0 });
  await refuseTakenPorts({ gateway });
});
