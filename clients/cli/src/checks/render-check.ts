import type { CheckReport } from '@tavolo/registry-api';
import type { Finding, Place } from '@tavolo/schema-check';
import type { Language } from '../terminal/language.ts';
import type { Colour, Paint } from '../terminal/paint.ts';
import { renderChanges } from './render-changes.ts';

const colours = { ERROR: 'red', WARNING: 'yellow', NOTE: 'cyan' } as const satisfies Readonly<
  Record<Finding['severity'], Colour>
>;

const words = {
  en: {
    other: 'Other side',
    fix: 'What to do',
    nowhere: 'The schema as a whole',
    more: 'tavolo explain CODE tells more of each.',
  },
  it: {
    other: 'Dall’altra parte',
    fix: 'Che cosa fare',
    nowhere: 'Lo schema nel suo insieme',
    more: 'tavolo explain CODICE dice di più su ciascuno.',
  },
} as const;

/** What a check found, for people: findings file by file, then what would change and for whom, then the verdict. */
export function renderCheck(report: CheckReport, language: Language, paint: Paint): string {
  const byFile = new Map<string, Finding[]>();
  for (const each of report.findings) {
    const file = each.place?.file ?? '';
    byFile.set(file, [...(byFile.get(file) ?? []), each]);
  }
  const parts = [...byFile].map(
    ([file, findings]) =>
      `${paint('bold', file === '' ? words[language].nowhere : file)}\n\n${[...findings]
        .sort((a, b) => (a.place?.line ?? 0) - (b.place?.line ?? 0))
        .map((each) => renderFinding(each, language, paint))
        .join('\n')}`,
  );
  if (report.moreFindings > 0) parts.push(`… and ${report.moreFindings} findings more\n`);
  if (report.changes.length > 0) parts.push(renderChanges(report, paint));
  return [...parts, verdictOf(report, language, paint)].join('\n');
}

function renderFinding(found: Finding, language: Language, paint: Paint): string {
  const { code, severity, place, others, coordinate, cause, fix } = found;
  const where = place === null ? '' : `${at(place)}  `;
  const what = coordinate === null ? '' : `  ${coordinate}`;
  const lines = [
    `  ${where}${paint(colours[severity], `${severity} ${code}`)}${what}`,
    ...indented(cause[language]),
    ...others.map(
      (other) => `    ${words[language].other}: ${other.subgraph} (${other.owner}) ${at(other)}`,
    ),
    ...indented(`${words[language].fix}: ${fix[language]}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** The verdict in one line, with how much was found. */
export function verdictOf(report: CheckReport, language: Language, paint: Paint): string {
  const count = (severity: Finding['severity']) =>
    report.findings.filter((each) => each.severity === severity).length;
  const verdict = paint(report.verdict === 'PASSED' ? 'green' : 'red', report.verdict);
  const counts = `${count('ERROR')} errors, ${count('WARNING')} warnings, ${count('NOTE')} notes`;
  const more = report.findings.length > 0 ? ` ${words[language].more}` : '';
  return `${verdict}: ${counts}; ${(report.milliseconds / 1000).toFixed(1)} s.${more}\n`;
}

const at = ({ file, line, column }: Place) => `${file}:${line}:${column}`;
const indented = (text: string) => text.split('\n').map((line) => `    ${line}`);
