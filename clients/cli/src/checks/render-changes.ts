import type { CheckReport, FieldUse, SchemaChange } from '@tavolo/registry-api';
import type { Colour, Paint } from '../terminal/paint.ts';

const colours = { BREAKING: 'red', DANGEROUS: 'yellow', SAFE: 'dim' } as const satisfies Readonly<
  Record<SchemaChange['impact'], Colour>
>;
const order: readonly SchemaChange['impact'][] = ['BREAKING', 'DANGEROUS', 'SAFE'];

/** What would be another graph than the one in force, the worst first, with who asks for what goes. */
export function renderChanges(
  { changes, moreChanges }: Pick<CheckReport, 'changes' | 'moreChanges'>,
  paint: Paint,
): string {
  const lines = [`${paint('bold', 'Changes to the graph')}\n`];
  for (const impact of order) {
    for (const change of changes.filter((each) => each.impact === impact)) {
      lines.push(
        `  ${paint(colours[impact], impact)} ${change.kind}  ${change.coordinate}  ${change.description}`,
        ...change.usedBy.map((use) => `    ${renderUse(use)}`),
      );
    }
  }
  if (moreChanges > 0) lines.push(`… and ${moreChanges} changes more`);
  return lines.map((line) => `${line}\n`).join('');
}

/** Who asked for a field, how often and when last. */
export function renderUse({ consumer, count, lastUsedOn, operations }: FieldUse): string {
  const named = operations.length === 0 ? '' : ` (${operations.join(', ')})`;
  return `asked by ${consumer}: ${count} times, last on ${lastUsedOn}${named}`;
}
