import type { MockWorld } from './mock-world.ts';

const firstDay = Date.UTC(2025, 0, 1);
const dayMs = 86_400_000;

/** An invented value of a scalar; `path` says where it stands, and decides it. */
export function mockScalar(typeName: string, path: string, world: MockWorld): unknown {
  const field = /\.(\w+)[^.]*$/u.exec(path)?.[1] ?? 'value';
  if (typeName === 'Boolean') {
    // Whoever follows a page that always has a next one never ends.
    return /^has(?:Next|Previous)Page$/u.test(field) ? false : world.number(path, 2) === 1;
  }
  if (typeName === 'Int') return world.number(path, 100);
  if (typeName === 'Float') return world.number(path, 10_000) / 100;
  if (typeName === 'Date') return day(path, world).toISOString().slice(0, 10);
  if (typeName === 'DateTime') return day(path, world).toISOString();
  if (typeName === 'Time') return '09:00:00Z';
  return `mock-${field}-${world.letters(path)}`;
}

const day = (path: string, world: MockWorld) =>
  new Date(firstDay + world.number(path, 365) * dayMs);
