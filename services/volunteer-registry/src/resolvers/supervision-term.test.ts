import { expect, it } from 'vitest';
import { isSupervisionOverdue } from './supervision-term.ts';

const today = '2026-11-22';

it('counts 31 days from the start or the last meeting, and never for a match that ended', () => {
  const open = { from: '2026-01-01', to: null };
  expect(isSupervisionOverdue(open, [], today)).toBe(true);
  expect(isSupervisionOverdue(open, ['2026-10-22'], today)).toBe(false);
  expect(isSupervisionOverdue(open, ['2026-10-21', '2026-12-01'], today)).toBe(true);
  expect(isSupervisionOverdue({ from: '2026-10-22', to: null }, [], today)).toBe(false);
  expect(isSupervisionOverdue({ from: '2026-01-01', to: '2026-11-21' }, [], today)).toBeNull();
});
