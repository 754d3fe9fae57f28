import { readListSize } from '@tavolo/subgraph-kit';
import type { PersonReference } from '../context.ts';
import type { PersonResolvers } from '../generated/resolver-types.ts';

/** Most rows of a list below a person. */
const longest = 100;

export const Person: PersonResolvers = {
  // The gateway asks about people whom the centres do not know, with a null key: no store is asked then.
  __resolveReference: ({ receptionCentresKey }: Partial<Nullable<PersonReference>>) =>
    receptionCentresKey ? { receptionCentresKey } : null,
  stays: (person, { first }, { staysByPerson }) => list(person, first, staysByPerson),
  receptionEntryAt: async ({ receptionCentresKey }, _arguments, { receptionEntryByPerson }) =>
    (await receptionEntryByPerson.load(receptionCentresKey))?.entryAt ?? null,
  asylumSteps: (person, { first }, { asylumStepsByPerson }) =>
    list(person, first, asylumStepsByPerson),
  extensions: (person, { first }, { extensionsByPerson }) =>
    list(person, first, extensionsByPerson),
  servicesDelivered: (person, { first }, { servicesByPerson }) =>
    list(person, first, servicesByPerson),
  immediateReceptions: (person, { first }, { immediateReceptionsByPerson }) =>
    list(person, first, immediateReceptionsByPerson),
};

type Nullable<Reference> = { [Field in keyof Reference]: Reference[Field] | null };

function list<Row>(
  { receptionCentresKey }: PersonReference,
  first: number,
  loader: { load(key: string, first: number): Promise<Row[]> },
): Promise<Row[]> {
  return loader.load(receptionCentresKey, readListSize(first, longest));
}
