import { UsageError } from '../cli-error.ts';

/** The languages of findings and explanations. */
export type Language = 'en' | 'it';

/** The one that was asked for; else the one of the user's system; else English. */
export function readLanguage(
  asked: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Language {
  if (asked === 'en' || asked === 'it') return asked;
  if (asked !== undefined) throw new UsageError('--lang: en or it');
  const ofSystem = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return ofSystem.toLowerCase().startsWith('it') ? 'it' : 'en';
}
