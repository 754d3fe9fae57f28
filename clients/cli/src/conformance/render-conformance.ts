import { type ConformanceReport, conformancePromises } from '@tavolo/conformance';
import type { Language } from '../terminal/language.ts';
import type { Paint } from '../terminal/paint.ts';

const words = {
  en: {
    sent: 'sent:  ',
    came: 'came:  ',
    change: 'change:',
    notTried: 'not tried:',
    kept: 'kept',
    broken: 'broken',
    left: 'not tried',
    CONFORMS: 'conforms.',
    DOES_NOT_CONFORM: 'does not conform.',
    more: 'More about a promise: tavolo explain CODE',
  },
  it: {
    sent: 'inviato: ',
    came: 'arrivato:',
    change: 'cambiare:',
    notTried: 'non provato:',
    kept: 'mantenute',
    broken: 'non mantenute',
    left: 'non provate',
    CONFORMS: 'è conforme.',
    DOES_NOT_CONFORM: 'non è conforme.',
    more: 'Di più su una promessa: tavolo explain CODICE',
  },
} as const;

const titles = new Map(conformancePromises.map(({ code, title }) => [code, title]));

/** A line for each promise; under a broken one what was sent, what came, and what to change. */
export function renderConformance(
  { subgraph, verdict, results }: ConformanceReport,
  language: Language,
  paint: Paint,
): string {
  const say = words[language];
  const lines = results.flatMap(({ code, outcome, sent, came, change, reason, title }) => {
    const named = `${titles.get(code)?.[language] ?? title} ${paint('dim', `(${code})`)}`;
    if (outcome === 'KEPT') return [`${paint('green', '✓')} ${named}`];
    if (outcome === 'NOT_TRIED') {
      return [
        `${paint('yellow', '–')} ${named}`,
        paint('dim', `    ${say.notTried} ${reason ?? ''}`),
      ];
    }
    return [
      `${paint('red', '✗')} ${named}`,
      `    ${say.sent} ${sent ?? ''}`,
      `    ${say.came} ${came ?? ''}`,
      `    ${say.change} ${change?.[language] ?? ''}`,
    ];
  });
  const count = (outcome: string) => results.filter((result) => result.outcome === outcome).length;
  const total = `${count('KEPT')} ${say.kept}, ${count('BROKEN')} ${say.broken}, ${count('NOT_TRIED')} ${say.left}`;
  const isRight = verdict === 'CONFORMS';
  const end = paint(isRight ? 'green' : 'red', `${subgraph} ${say[verdict]}`);
  return `${[...lines, '', `${end} ${total}.`, ...(isRight ? [] : [say.more])].join('\n')}\n`;
}
