import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { conformancePromises } from '@tavolo/conformance';
import { houseDefinitions, houseRules } from '@tavolo/schema-check';
import { contractLimits } from '../src/docs/contract-limits.ts';

/**
 * Writes the parts of the contract page that follow from the code: the rules of a check, the limits of the gateway,
 * the promises of conformance. With `--check` it compares instead, and fails when the page is stale.
 */
const page = fileURLToPath(new URL('../../schemas/README.md', import.meta.url));
const isCheck = process.argv.includes('--check');

const parts: Readonly<Record<string, string>> = {
  rules: tableOf(
    ['code', 'found when'],
    Object.entries(houseRules).map(([code, { title, isWaivable }]) => [
      `\`${code}\``,
      `${title.en} (${title.it})${isWaivable ? '; can be waived' : ''}`,
    ]),
  ),
  house: `\`\`\`graphql\n${houseDefinitions.trimEnd()}\n\`\`\`\n`,
  limits: tableOf(['what', 'how much'], contractLimits),
  promises: tableOf(
    ['code', 'promise'],
    conformancePromises.map(({ code, title }) => [`\`${code}\``, `${title.en} (${title.it})`]),
  ),
};

const present = await readFile(page, 'utf8');
const wanted = Object.entries(parts).reduce(
  (text, [name, part]) =>
    text.replace(
      new RegExp(`(<!-- generated: ${name} -->\n)[^]*?(<!-- /generated -->)`, 'u'),
      (_all, begin: string, end: string) => `${begin}${part}${end}`,
    ),
  present,
);
if (wanted !== present && isCheck) {
  process.stderr.write(`${page} is stale: run "npm run generate" and commit the result\n`);
  process.exitCode = 1;
} else if (wanted !== present) await writeFile(page, wanted);

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |\n`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('');
}
