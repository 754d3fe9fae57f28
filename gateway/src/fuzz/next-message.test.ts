import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { nextMessage } from './next-message.ts';

const run = (script: string): ChildProcess =>
  spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });

test('What a process tells is heard, also when it ends right after', async () => {
  const child = run(`process.send({ told: 1 }, () => process.exit(0))`);
  expect(await nextMessage(child)).toEqual({ told: 1 });
  await expect(nextMessage(child)).rejects.toThrow('ended too early (exit code 0)');
});

test('A process that ends without a word is an error, not a wait for ever', async () => {
  await expect(nextMessage(run(`process.exit(3)`))).rejects.toThrow('(exit code 3)');
  await expect(nextMessage(run(`process.kill(process.pid, 'SIGKILL')`))).rejects.toThrow(
    '(SIGKILL)',
  );
});

test('So is one that had ended before it was listened to', async () => {
  const child = run(`process.exit(1)`);
  await Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  await expect(nextMessage(child)).rejects.toThrow('(exit code 1)');
});
