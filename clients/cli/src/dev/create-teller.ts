import { relative } from 'node:path';
import type { DevEvent, FoundSubgraphs } from '@tavolo/dev-graph';
import type { CheckReport } from '@tavolo/registry-api';
import type { Finding } from '@tavolo/schema-check';
import { renderCheck } from '../checks/render-check.ts';
import { sayError } from '../cli-error.ts';
import type { CliSurroundings } from '../cli-surroundings.ts';
import { folderOf } from '../project/read-target.ts';
import { readLanguage } from '../terminal/language.ts';
import { createPaint } from '../terminal/paint.ts';
import { printable, printableJson, printableParts } from '../terminal/printable.ts';
import type { DevOptions } from './dev-options.ts';

export interface Teller {
  /** Which subgraphs there are, and how old that is. */
  found(found: FoundSubgraphs): void;
  /** How my subgraph is to be started. */
  key(publicKeysFile: string): void;
  event(event: DevEvent): void;
}

/** Says what happens: a line of JSON each, or for people. */
export function createTeller(options: DevOptions, surroundings: CliSurroundings): Teller {
  const { print } = surroundings;
  const language = readLanguage(options.lang, surroundings.env);
  const paint = createPaint(surroundings);

  if (options.json) {
    const line = (event: object) => print(`${printableJson(event)}\n`);
    return {
      found({ from, readAt, subgraphs, problem }) {
        line({
          event: 'subgraphs',
          from,
          readAt: readAt.toISOString(),
          subgraphs: subgraphs.map(({ name, owner, version }) => ({ name, owner, version })),
          problem: problem === null ? null : sayError(problem),
        });
      },
      key: (publicKeysFile) => line({ event: 'key', publicKeysFile }),
      event: line,
    };
  }

  const cards = (findings: readonly Finding[], milliseconds: number, isServed: boolean) => {
    const report: CheckReport = {
      verdict:
        isServed && findings.every(({ severity }) => severity !== 'ERROR') ? 'PASSED' : 'REFUSED',
      findings: [...printableParts(findings)],
      moreFindings: 0,
      changes: [],
      moreChanges: 0,
      supergraphId: null,
      milliseconds,
    };
    return renderCheck(report, language, paint);
  };
  const goesOn = (lastGoodServes: boolean) =>
    lastGoodServes
      ? 'The graph from before goes on; save again.\n'
      : 'No graph yet: it answers once the schema composes. Save again.\n';

  return {
    found({ from, readAt, subgraphs, problem }) {
      const names = subgraphs.map(({ name, version }) => `${name} ${version}`).join(', ');
      print(
        from === 'registry'
          ? `From the registry: ${printable(names) || 'no subgraph yet'}\n`
          : `${paint('yellow', `As of ${readAt.toISOString()}`)}, kept here: ${printable(names)}\nThe registry was not asked now: ${sayError(problem)}\n`,
      );
    },
    key(publicKeysFile) {
      const file = relative(folderOf(surroundings), publicKeysFile);
      print(
        `Start my subgraph with the key that signs here:\n  ${paint('bold', `GATEWAY_KEYS="$(cat ${file})"`)}\n`,
      );
    },
    event(event) {
      if (event.event === 'serving') {
        const others = event.others.length === 0 ? 'no others' : event.others.join(', ');
        print(
          `Mine:     ${event.mine.name} at ${event.mine.url}\n${event.othersAre === 'live' ? 'Live:    ' : 'Invented:'} ${printable(others)}\nGraph:    ${event.graph}\nExplorer: ${paint('bold', event.explorer)}\n`,
        );
      }
      if (event.event === 'composed') {
        print(
          event.findings.length > 0
            ? `${cards(event.findings, event.milliseconds, true)}It composes, and is served here.\n`
            : `${paint('green', 'Composed')} in ${(event.milliseconds / 1000).toFixed(1)} s.\n`,
        );
      }
      if (event.event === 'refused') {
        print(`${cards(event.findings, event.milliseconds, false)}${goesOn(event.lastGoodServes)}`);
      }
      if (event.event === 'failed') {
        print(
          `${paint('red', 'Not composed')}: ${printable(event.message)}\n${goesOn(event.lastGoodServes)}`,
        );
      }
      if (event.event === 'stopped') print('Stopped.\n');
    },
  };
}
