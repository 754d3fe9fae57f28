import { CommandFailure, codeOf, sayError, UsageError } from '../cli-error.ts';
import type { DoctorReport, DoctorStep, LookedStep } from './doctor-step.ts';

/** Takes the steps in their order; one whose ground is missing is not tried, and says which step it waits for. */
export async function runSteps(
  steps: readonly DoctorStep[],
  onStep: (title: string) => void,
): Promise<DoctorReport> {
  const looked = new Map<string, LookedStep>();
  for (const { code, title, needs, look } of steps) {
    onStep(title);
    const missing = needs
      .map((need) => looked.get(need))
      .find((step) => step?.outcome === 'WRONG' || step?.outcome === 'NOT_TRIED');
    if (missing !== undefined) {
      const finding = `waits for “${missing.title}”`;
      looked.set(code, { code, title, outcome: 'NOT_TRIED', finding, advice: null });
      continue;
    }
    const found = await look().catch((error: unknown) => ({
      outcome: 'WRONG' as const,
      finding: firstLine(error),
      advice: 'Read what it says; the steps before this one were right.',
    }));
    looked.set(code, { code, title, ...found });
  }
  const all = [...looked.values()];
  const isWrong = all.some(({ outcome }) => outcome === 'WRONG');
  return { verdict: isWrong ? 'SOMETHING_IS_WRONG' : 'ALL_GOOD', steps: all };
}

/** Ours say what happened; of others only the code may be told. */
function firstLine(error: unknown): string {
  const isOurs = error instanceof CommandFailure || error instanceof UsageError;
  return isOurs ? (sayError(error).split('\n', 1)[0] ?? '') : `failed (${codeOf(error)})`;
}
