import { expect, it } from 'vitest';
import { HubError } from './hub-error.ts';
import { requireCategories } from './require-categories.ts';

it('lets a purpose read what it was granted, and refuses one that lacks any of it', () => {
  const read = (...categories: string[]) => {
    requireCategories({ categories }, 'HEALTH', 'VIOLENCE_TRAFFICKING');
  };
  expect(() => read('VIOLENCE_TRAFFICKING', 'HEALTH', 'MINOR')).not.toThrow();
  for (const granted of [[], ['HEALTH'], ['VIOLENCE_TRAFFICKING', 'MINOR']]) {
    expect(() => read(...granted)).toThrow(HubError);
  }
});
