import type { Paint } from '../terminal/paint.ts';
import type { DoctorReport } from './doctor-step.ts';

const signs = { GOOD: '✓', NOTE: '!', WRONG: '✗', NOT_TRIED: '–' } as const;
const colours = { GOOD: 'green', NOTE: 'yellow', WRONG: 'red', NOT_TRIED: 'dim' } as const;

/** A line for each step with its finding; below it what to do. */
export function renderDoctor({ steps, verdict }: DoctorReport, paint: Paint): string {
  const lines = steps.flatMap(({ title, outcome, finding, advice }) => [
    `${paint(colours[outcome], signs[outcome])} ${title}: ${outcome === 'NOT_TRIED' ? `not tried, ${finding}` : finding}`,
    ...(advice === null ? [] : [`    → ${advice}`]),
  ]);
  const first = steps.find(({ outcome }) => outcome === 'WRONG');
  const end =
    verdict === 'ALL_GOOD' ? 'Nothing is wrong.' : `Begin with the first ✗: ${first?.title ?? ''}.`;
  return `${[...lines, '', end].join('\n')}\n`;
}
