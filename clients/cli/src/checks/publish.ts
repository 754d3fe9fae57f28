import { type PublicationResult, publicationResult } from '@tavolo/registry-api';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import type { Registry, RegistryRequest } from '../registry/open-registry.ts';
import { RegistryRefusal } from '../registry/registry-refusal.ts';
import type { Language } from '../terminal/language.ts';
import { createPaint } from '../terminal/paint.ts';
import { show } from '../terminal/show.ts';
import { withSpinner } from '../terminal/with-spinner.ts';
import { renderChanges } from './render-changes.ts';
import { renderCheck } from './render-check.ts';

/** How it is told. */
export interface PublishingForm {
  readonly isJson: boolean;
  readonly language: Language;
  /** For who waits. */
  readonly busyWith: string;
}

/**
 * Asks for something that makes another graph (a publication, a rollback, an archiving), and tells what it did; refused
 * by the checks, what they found.
 */
export async function publish(
  registry: Registry,
  request: RegistryRequest,
  { isJson, language, busyWith }: PublishingForm,
  surroundings: CliSurroundings,
  render: (result: PublicationResult) => string,
): Promise<ExitCode> {
  const paint = createPaint(surroundings);
  try {
    const result = await withSpinner(surroundings, isJson, busyWith, () =>
      registry.ask(request, publicationResult),
    );
    show(result, isJson, surroundings, (shown) => {
      const { findings, changes } = shown.report;
      const warnings =
        findings.length > 0
          ? `${renderCheck({ ...shown.report, changes: [] }, language, paint)}\n`
          : '';
      const changed = changes.length > 0 ? `${renderChanges(shown.report, paint)}\n` : '';
      return `${warnings}${changed}${render(shown)}`;
    });
    return 0;
  } catch (error) {
    if (!(error instanceof RegistryRefusal) || error.checks === null || isJson) throw error;
    show(error.checks, false, surroundings, (shown) => renderCheck(shown, language, paint));
    const isBreaking = error.checks.changes.some(({ impact }) => impact === 'BREAKING');
    surroundings.say(
      `tavolo: nothing was changed${isBreaking ? '; --accept-breaking does it although questions would fail, and the evidence names who asked them' : ''}\n`,
    );
    return 1;
  }
}
