import type { Finding } from '@tavolo/schema-check';
import type { Language } from '../terminal/language.ts';

const commands = { ERROR: 'error', WARNING: 'warning', NOTE: 'notice' } as const;

/** Findings as the workflow commands that GitHub shows beside the lines of a pull request. */
export function githubAnnotations(findings: readonly Finding[], language: Language): string {
  return findings
    .map(({ code, severity, place, cause, fix }) => {
      const where =
        place === null
          ? ''
          : `file=${property(place.file)},line=${place.line},col=${place.column},`;
      const text = `${cause[language]}\n${fix[language]}`;
      return `::${commands[severity]} ${where}title=${property(code)}::${data(text)}\n`;
    })
    .join('');
}

/** A new line would begin a workflow command of somebody else's words. */
const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
