import type { PersonToEnrol } from '@tavolo/linkage';

/**
 * The person's own word in `condivisione`: SI, NO, or nothing when never asked. Anything else somebody wrote
 * there is taken for a no: reading a refusal as a yes cannot be undone.
 */
export function readSharing(written: string | null): PersonToEnrol['sharing'] {
  const word = written?.trim().toUpperCase() ?? '';
  if (word === '') return undefined;
  return word === 'SI' || word === 'SÌ' ? 'ALLOWED' : 'EXCLUDED';
}
