import type { SensitiveCategory } from '@tavolo/access-model';
import type { Caller } from '@tavolo/caller-context';
import { HubError } from './hub-error.ts';

/**
 * The second line behind the gate: refuses a purpose that was not granted all these special categories. Called
 * before anything is looked for, so that the refusal says nothing of what is there.
 */
export function requireCategories(
  { categories }: Pick<Caller, 'categories'>,
  ...needed: readonly SensitiveCategory[]
): void {
  if (needed.every((category) => categories.includes(category))) return;
  throw new HubError(
    'FORBIDDEN',
    `This purpose was not granted the categories this field needs: ${needed.join(', ')}`,
  );
}
