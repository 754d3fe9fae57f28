import type { Bilingual } from '@tavolo/schema-check';
import type { ConformancePromise } from './conformance-promise.ts';
import { contextRefusalPromises } from './promises/context-refusals.ts';
import { entityPromises } from './promises/entities.ts';
import { pagePromises } from './promises/pages.ts';
import { privacyPromises } from './promises/privacy.ts';
import { requestPromises } from './promises/requests.ts';
import { servicePromises } from './promises/service.ts';
import { thousandKeysPromises } from './promises/thousand-keys.ts';
import { timePromises } from './promises/time.ts';

/** In the order in which they are tried: those that look at all answers come last. */
export const allPromises: readonly ConformancePromise[] = [
  ...servicePromises,
  ...contextRefusalPromises,
  ...entityPromises,
  ...thousandKeysPromises,
  ...pagePromises,
  ...timePromises,
  ...requestPromises,
  ...privacyPromises,
];

/** Every promise a subgraph is tried on, for the contract page. */
export const conformancePromises: readonly { readonly code: string; readonly title: Bilingual }[] =
  allPromises.map(({ code, title }) => ({ code, title }));

/** What each code means and what to change, for `tavolo explain`. */
export const conformanceExplanations: readonly {
  readonly code: string;
  readonly title: Bilingual;
  readonly change: Bilingual;
}[] = allPromises.map(({ code, title, change }) => ({ code, title, change }));
