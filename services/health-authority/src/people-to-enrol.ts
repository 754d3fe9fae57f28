import type { PersonToEnrol } from '@tavolo/linkage';
import type { HealthStore } from './store/health-store.ts';

/** Every patient as the person index wants them; a patient merged away shows the survivor's identifiers and attributes. */
export async function* peopleToEnrol(store: HealthStore): AsyncGenerator<PersonToEnrol> {
  for await (const { sectorKey, identifiers, ...person } of store.peopleToEnrol()) {
    yield {
      sectorKey,
      attributes: person.attributes,
      isRestricted: person.isRestricted,
      identifiers: identifiers.map(({ kind, value, validFrom, validTo }) => ({
        kind,
        value,
        ...(validFrom === null ? {} : { validFrom }),
        ...(validTo === null ? {} : { validTo }),
      })),
    };
  }
}
