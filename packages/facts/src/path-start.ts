import type { PathStart } from './fact.ts';

/** Where a path at this level begins, when rows lie so many lists below the page's items. */
export function pathStart(level: number, deepest: number): PathStart {
  if (level === deepest) return { each: 'ROW' };
  if (level === 0) return { each: 'PAGE_NODE' };
  return { each: 'BETWEEN', listsDeep: level };
}
