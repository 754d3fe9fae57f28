import { expect, test } from 'vitest';
import { Circuit } from './circuit.ts';

function start(failuresToOpen = 2) {
  const clock = { now: 1_000 };
  return { clock, circuit: new Circuit(failuresToOpen, 5_000, () => clock.now) };
}

test('only failures in a row open it; what says nothing of the partner does not count', () => {
  const { circuit } = start();
  for (const outcome of ['FAILED', 'ANSWERED', 'FAILED', 'NEITHER'] as const) {
    circuit.leave('usual', outcome);
  }
  expect(circuit.state).toBe('closed');
  circuit.leave('usual', 'FAILED');
  expect(circuit.state).toBe('open');
});

test('open, it lets exactly one question through when its time is over', () => {
  const { circuit, clock } = start(1);
  circuit.leave('usual', 'FAILED');
  expect(circuit.enter()).toBe('refused');
  clock.now += 4_999;
  expect([circuit.enter(), circuit.remainingMs()]).toEqual(['refused', 1]);
  clock.now += 1;
  expect([circuit.enter(), circuit.enter(), circuit.state]).toEqual([
    'trial',
    'refused',
    'half-open',
  ]);
  circuit.leave('trial', 'ANSWERED');
  expect(circuit.enter()).toBe('usual');
});

test.each(['FAILED', 'NEITHER'] as const)('a trial that ends %s opens it anew', (outcome) => {
  const { circuit, clock } = start(1);
  circuit.leave('usual', 'FAILED');
  clock.now += 5_000;
  circuit.enter();
  circuit.leave('trial', outcome);
  expect([circuit.state, circuit.remainingMs()]).toEqual(['open', 5_000]);
});

test('answers and failures of questions from before it opened change nothing while it is open', () => {
  const { circuit, clock } = start(1);
  circuit.leave('usual', 'FAILED');
  clock.now += 1_000;
  circuit.leave('usual', 'FAILED');
  circuit.leave('usual', 'ANSWERED');
  expect([circuit.state, circuit.remainingMs()]).toEqual(['open', 4_000]);
});

test('closed again, it counts from nothing', () => {
  const { circuit, clock } = start(2);
  circuit.leave('usual', 'FAILED');
  circuit.leave('usual', 'FAILED');
  clock.now += 5_000;
  circuit.enter();
  circuit.leave('trial', 'ANSWERED');
  circuit.leave('usual', 'FAILED');
  expect(circuit.state).toBe('closed');
});
