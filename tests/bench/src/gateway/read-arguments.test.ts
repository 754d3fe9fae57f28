import { describe, expect, it } from 'vitest';
import { readArguments } from './read-arguments.ts';

describe('the arguments of the gateway’s benchmark', () => {
  it('measure every gateway with every question unless told', () => {
    const { gateways, questions, rounds } = readArguments([]);
    expect(rounds).toBe(5);
    expect(questions.map(({ name }) => name)).toEqual(['nested', 'small', 'big']);
    expect(gateways[0]?.name).toBe('stock');
  });

  it('keep the order of the list, whatever was named first', () => {
    const { gateways } = readArguments(['--gateways', 'ours with the gate, ours,stock']);
    expect(gateways.map(({ name }) => name)).toEqual(['stock', 'ours', 'ours with the gate']);
  });

  it('profile ours alone unless told', () => {
    expect(readArguments(['--profile', 'x']).gateways.map(({ name }) => name)).toEqual(['ours']);
  });

  it.each([
    [['--gateways', 'other'], /--gateways has no other/u],
    [['--questions', ''], /--questions has no /u],
    [['--rounds', '0'], /--rounds must be a whole number/u],
  ])('%j are refused in words', (args, message) => {
    expect(() => readArguments(args)).toThrow(message);
  });
});
