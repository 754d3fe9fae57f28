import { BreakingChangeType, type DangerousChangeType } from 'graphql';

const name = '[_A-Za-z]\\w*';

/** How graphql-js words its changes; the coordinate is nowhere else. */
const wordings: readonly (readonly [
  RegExp,
  (...parts: readonly string[]) => string | undefined,
])[] = [
  [new RegExp(`^(${name})\\.(${name}) arg (${name}) `, 'u'), (t, f, a) => `${t}.${f}(${a}:)`],
  [new RegExp(`^An? \\w+ arg (${name}) on (${name}\\.${name}) `, 'u'), (a, f) => `${f}(${a}:)`],
  [new RegExp(`^An? \\w+ field (${name}) on input type (${name}) `, 'u'), (f, t) => `${t}.${f}`],
  [new RegExp(`^(${name}) was \\w+ \\w+ enum type (${name})\\.`, 'u'), (v, t) => `${t}.${v}`],
  [new RegExp(`^${name} was \\w+ \\w+ union type (${name})\\.`, 'u'), (t) => t],
  [new RegExp(`^${name} added to interfaces implemented by (${name})\\.`, 'u'), (t) => t],
  [new RegExp(`^(?:Standard scalar )?(${name}(?:\\.${name})?) `, 'u'), (t) => t],
];

const ofDirectives: ReadonlySet<string> = new Set([
  BreakingChangeType.DIRECTIVE_REMOVED,
  BreakingChangeType.DIRECTIVE_ARG_REMOVED,
  BreakingChangeType.DIRECTIVE_REPEATABLE_REMOVED,
  BreakingChangeType.DIRECTIVE_LOCATION_REMOVED,
  BreakingChangeType.REQUIRED_DIRECTIVE_ARG_ADDED,
]);

/** The coordinate a change of graphql-js is about; a directive's is its name. */
export function coordinateOfChange(
  type: BreakingChangeType | DangerousChangeType,
  description: string,
): string {
  if (ofDirectives.has(type)) {
    const directive = new RegExp(`(?:directive |from |^)(${name})(?: was removed)?`, 'u');
    return `@${directive.exec(description)?.[1] ?? ''}`;
  }
  for (const [wording, coordinate] of wordings) {
    const match = wording.exec(description);
    if (match) return coordinate(...match.slice(1)) ?? '';
  }
  return '';
}
