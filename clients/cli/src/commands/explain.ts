import type { Command } from 'commander';
import { UsageError } from '../cli-error.ts';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import type { ExplainedCode, Words } from '../explain/explained-code.ts';
import { type Language, readLanguage } from '../terminal/language.ts';
import { createPaint } from '../terminal/paint.ts';
import { show, table } from '../terminal/show.ts';

interface ExplainOptions {
  readonly lang?: string;
  readonly list?: true;
  readonly json?: true;
}

const longestCode = 80;

/** `tavolo explain`: what a code of the hub means and what to do; asks nobody. */
export function addExplain(
  program: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  program
    .command('explain')
    .argument('[code]', 'as it was answered, such as BORDER_NOT_NULLABLE')
    .description('Says what a code means, how it comes to it and what to do; asks nobody.')
    .option('--list', 'names every code')
    .option('--lang <language>', 'en or it, where there is Italian; else that of the system')
    .option('--json', 'one JSON array on standard output')
    .action(async (asked: string | undefined, options: ExplainOptions) => {
      const language = readLanguage(options.lang, surroundings.env);
      const isJson = options.json === true;
      // Loaded now: the checks' and the conformance suite's words come with some of their code.
      const { allCodes } = await import('../explain/all-codes.ts');
      const codes = [...allCodes()].sort((a, b) => a.code.localeCompare(b.code));
      if (options.list === true) {
        const render = () =>
          table(codes.map(({ code, meaning }) => [code, inLanguage(meaning, language)]));
        show(codes, isJson, surroundings, render);
      } else {
        const meant = await find(asked, codes);
        const paint = createPaint(surroundings);
        show(meant, isJson, surroundings, (found) =>
          found
            .map((each) => `${paint('bold', each.code)}, said by ${render(each, language)}`)
            .join('\n'),
        );
      }
      ended(0);
    });
}

async function find(
  asked: string | undefined,
  codes: readonly ExplainedCode[],
): Promise<readonly ExplainedCode[]> {
  if (asked === undefined) throw new UsageError('which code? tavolo explain --list names them');
  const wanted = asked
    .trim()
    .toUpperCase()
    .replaceAll(/[\s-]+/gu, '_')
    .slice(0, longestCode);
  const found = codes.filter(({ code }) => code === wanted);
  if (found.length > 0) return found;
  const { nearestCodes } = await import('../explain/nearest-codes.ts');
  const nearest = nearestCodes(
    wanted,
    codes.map(({ code }) => code),
  );
  throw new UsageError(
    nearest.length === 0
      ? 'the hub has no such code; tavolo explain --list names those it has'
      : `the hub has no such code. Was it ${nearest.join(', or ')}?`,
  );
}

function render(
  { saidBy, meaning, cause, advice, more }: ExplainedCode,
  language: Language,
): string {
  const parts = [
    `${saidBy}:`,
    `  ${inLanguage(meaning, language)}`,
    `  ${words[language].cause}: ${inLanguage(cause, language)}`,
    `  ${words[language].advice}: ${inLanguage(advice, language)}`,
    ...(more === undefined ? [] : [`  ${inLanguage(more, language)}`]),
  ];
  return parts.map((part) => `${part.replaceAll('\n', '\n  ')}\n`).join('');
}

const words = {
  en: { cause: 'Why', advice: 'What to do' },
  it: { cause: 'Perché', advice: 'Che cosa fare' },
} as const;

const inLanguage = (said: Words, language: Language): string =>
  typeof said === 'string' ? said : said[language];
