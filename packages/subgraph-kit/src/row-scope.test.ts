import { describe, expect, it } from 'vitest';
import { districtsOf, mayReadDiagnostics } from './row-scope.ts';

describe('the districts of a caller', () => {
  it.each([
    ['the whole province', null, undefined, null],
    ['one of the province', null, 'PARMA', ['PARMA']],
    ['its own', ['PARMA', 'FIDENZA'], null, ['PARMA', 'FIDENZA']],
    ['one of its own', ['PARMA', 'FIDENZA'], 'FIDENZA', ['FIDENZA']],
    ['one that is not its own', ['PARMA'], 'FIDENZA', []],
    ['none', [], undefined, []],
    ['a name nobody knows', ['ATLANTIS'], undefined, []],
  ] as const)('%s', (_what, districts, asked, expected) => {
    expect(districtsOf({ districts: districts && [...districts] }, asked)).toEqual(expected);
  });
});

describe('how the feeds are doing', () => {
  it.each([
    ['the partner’s own IT', ['partner-it'], 'trial', true],
    ['another partner’s IT', ['partner-it'], 'health-authority', false],
    ['IT of nobody', ['partner-it'], null, false],
    ['somebody without a role', [], 'trial', false],
    ['a coordinator', ['coordinator'], null, true],
    ['a coordinator who is IT elsewhere too', ['coordinator', 'partner-it'], 'elsewhere', false],
  ])('%s', (_who, roles, partner, expected) => {
    expect(mayReadDiagnostics({ roles, partner }, 'trial')).toBe(expected);
  });
});
