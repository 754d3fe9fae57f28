import type { Disclosure } from '@tavolo/disclosure';
import { onTestFinished } from 'vitest';
import type { FactStoreOptions } from '../fact-store-options.ts';
import { openFactStore } from '../open-fact-store.ts';
import { stays } from './stays-fact.ts';
import { createTransparentDisclosure } from './transparent-disclosure.ts';

export const testNow = new Date('2024-06-01T09:00:00Z');
export const origin = () => ({ sources: [], linkage: null });

/** A store on a real DuckDB, closed with the test. */
export async function openTestStore(
  options: Partial<FactStoreOptions> & { readonly disclosure?: Disclosure } = {},
) {
  const store = await openFactStore({
    file: ':memory:',
    facts: [stays],
    disclosure: createTransparentDisclosure(),
    recordKeySecret: 'an invented secret of the tests, long enough',
    now: () => testNow,
    rowsOf: ['stays'],
    ...options,
  });
  onTestFinished(() => store.close());
  return store;
}
