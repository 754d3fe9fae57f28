import { HubError } from './hub-error.ts';

/** Checks the `first` of a list below a person or a facility, which has no pages, only a maximum. */
export function readListSize(first: number, maxSize: number): number {
  if (first < 1 || first > maxSize) {
    throw new HubError('BAD_USER_INPUT', `Argument "first" must be between 1 and ${maxSize}`);
  }
  return first;
}
