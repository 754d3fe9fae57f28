import { readFileSync } from 'node:fs';
import { contextRefusals } from '@tavolo/caller-context';
import { conformanceExplanations } from '@tavolo/conformance';
import { findingExplanations } from '@tavolo/schema-check';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../../../gateway/src/error-codes.ts';
import { failureMessages } from '../../../../gateway/src/subgraph-failure.ts';
import { refusals } from '../../../../services/registry/src/refusal.ts';
import { allCodes } from '../explain/all-codes.ts';
import { nearestCodes } from '../explain/nearest-codes.ts';
import { run } from '../run-in-folder.fixture.ts';

/** The codes that a part of the hub says, by what `explain` calls that part. */
const codesOf = (saidBy: string) =>
  allCodes()
    .filter((each) => each.saidBy === saidBy)
    .map(({ code }) => code)
    .sort();

/** What a source file says beside a pattern: some reasons are written where they arise. */
function written(file: string, pattern: RegExp): readonly string[] {
  const text = readFileSync(new URL(`../../../../${file}`, import.meta.url), 'utf8');
  return [...text.matchAll(pattern)].map(([, code = '']) => code);
}

describe('every code of the hub is explained, and no code that there is not', () => {
  it.each<[string, readonly string[]]>([
    ['the checks of a schema (tavolo subgraph check)', Object.keys(findingExplanations)],
    [
      'the conformance suite (tavolo subgraph conformance), of a promise that is broken',
      conformanceExplanations.map(({ code }) => code),
    ],
    ['the registry', Object.keys(refusals)],
    ['the gateway, in errors[].extensions.code', Object.keys(errorCodes)],
    ['the gateway, of a source that did not answer', Object.keys(failureMessages)],
    ['a subgraph, to the gateway', contextRefusals],
    [
      'the gateway, as reason of PURPOSE_REFUSED',
      written('gateway/src/gate/identify-caller.ts', /refused\(\s*'([A-Z_]+)'/gu),
    ],
    [
      'the gateway and the registry, as reason of UNAUTHENTICATED',
      // The fifth is a code of its own.
      written('packages/access-token/src/access-token-error.ts', /^ {2}\| '([A-Z_]+)'/gmu).filter(
        (code) => code !== 'ISSUER_UNAVAILABLE',
      ),
    ],
    [
      'the log of the gateway, as alarm',
      written('gateway/src/supergraph-source/create-registry-source.ts', /alarm: '([A-Z_]+)'/gu),
    ],
  ])('%s', (saidBy, codes) => {
    expect(codes.length).toBeGreaterThan(0);
    expect(codesOf(saidBy)).toEqual([...new Set(codes)].sort());
  });

  it('says of each what it means, why, and what to do', () => {
    for (const { code, meaning, cause, advice } of allCodes()) {
      for (const words of [meaning, cause, advice]) {
        const said = typeof words === 'string' ? [words] : [words.en, words.it];
        expect(
          said.every((text) => text.trim().length > 3),
          code,
        ).toBe(true);
      }
    }
  });
});

describe('tavolo explain', () => {
  it('says what a code means, whatever its case, with all who say it', async () => {
    const { exitCode, printed } = await run(['explain', 'busy'], {});
    expect(exitCode).toBe(0);
    expect(printed).toContain('BUSY, said by the gateway, of a source that did not answer:');
    expect(printed).toContain('BUSY, said by a subgraph, to the gateway:');
    expect(printed).toContain('What to do: ');
  });

  it('speaks Italian of what partners meet in their own schema', async () => {
    const { printed } = await run(['explain', 'BORDER_NOT_NULLABLE'], { LANG: 'it_IT.UTF-8' });
    expect(printed).toContain('Che cosa fare: ');
    expect(printed).toContain('annullabile');
  });

  it('answers programs, and lists all codes', async () => {
    const { printed } = await run(['explain', 'NOT_REACHED', '--json'], {});
    expect(JSON.parse(printed)).toMatchObject([{ code: 'NOT_REACHED' }]);
    const list = await run(['explain', '--list'], {});
    expect(list.printed).toMatch(/^CHECK_REFUSED +The checks refuse the schema/mu);
  });

  it.each([
    [['explain', 'BORDER_NOT_NULABLE'], 'Was it BORDER_NOT_NULLABLE'],
    [['explain', 'context-expird'], 'Was it CONTEXT_EXPIRED'],
    [['explain', '\u001b[2J'], 'the hub has no such code'],
    [['explain'], 'which code?'],
  ])('ends with 2 and names the nearest: %j', async (args, why) => {
    const { exitCode, said } = await run(args, {});
    expect(exitCode).toBe(2);
    expect(said).toContain(why);
    expect(said).not.toContain('\u001b');
  });

  it('suggests at most three, and none for what is like nothing', () => {
    expect(
      nearestCodes('CONTEXT', ['CONTEXT_A', 'CONTEXT_B', 'CONTEXT_C', 'CONTEXT_D']),
    ).toHaveLength(3);
    expect(nearestCodes('QQQQQQQQ', ['TIMEOUT'])).toEqual([]);
  });
});
