import type { Caller } from '@tavolo/subgraph-kit';
import { type Answer, type Protocols, startProtocols } from '../start-protocols.fixture.ts';
import { createPeopleFacts, type InventedPerson } from './people-facts.fixture.ts';

/** What tests of the priority lists change as they go. */
export interface ListsWorld {
  now: Date;
  owner: string | null;
  people: readonly InventedPerson[];
  /** When the facts were loaded; unless a test says, five hours ago. */
  loadedAt?: string | null;
}

export interface Lists {
  readonly world: ListsWorld;
  readonly protocols: Protocols;
  /** Makes a change with a key of its own. */
  change(mutation: keyof typeof inputs, input: object, caller?: Partial<Caller>): Promise<Answer>;
  /** As `change`; what it gives, or the test's failure. */
  made(mutation: keyof typeof inputs, input: object): Promise<Record<string, unknown>>;
  /** The list of Fidenza of that week, without what a coordinator may not see. */
  list(isoWeek: string, caller?: Partial<Caller>): Promise<Answer>;
}

/** Input type and fields asked back. */
const inputs = {
  adoptPriorityCriteria: ['AdoptPriorityCriteriaInput', 'version validFrom validTo isUsed'],
  preparePriorityList: [
    'PreparePriorityListInput',
    'id isoWeek publishedAt reservedPlaces inputsHash',
  ],
  publishPriorityList: ['PublishPriorityListInput', 'id publishedAt'],
  offerPlace: ['OfferPlaceInput', 'code state offerExpiresAt outOfOrderReason'],
  recordPlacement: ['RecordPlacementInput', 'code state closedAt'],
  recordRefusal: ['RecordRefusalInput', 'code state closedAt'],
  withdrawEntry: ['WithdrawEntryInput', 'code state closedAt'],
} as const;

/** Two points a week of waiting, ten for a vulnerability, five for having no roof. */
export const someCriteria = {
  adoptedOn: '2026-10-01',
  validFrom: '2026-10-05',
  criteria: [
    { id: 'WAITING_WEEKS', weight: 2, cap: 40 },
    { id: 'ART17_VULNERABILITY', weight: 10, cap: 10 },
    { id: 'WITHOUT_RECEPTION', weight: 5, cap: 5 },
  ],
  tieBreak: 'LONGEST_WAIT_THEN_LOT',
  restrictedPeopleRule: 'RESERVED_PLACES',
  reservedPlaces: 2,
  eligibleReceptionTypes: ['CAS', 'IMMEDIATE_RECEPTION'],
  demandValidDays: 365,
  offerValidDays: 3,
};

/** The service with nobody in the facts yet, on Monday of week 47 of 2026. */
export async function startLists(): Promise<Lists> {
  const world: ListsWorld = { now: new Date('2026-11-16T09:00:00Z'), owner: null, people: [] };
  const protocols = await startProtocols({
    facts: createPeopleFacts(world),
    now: () => world.now,
    ownerOfProtocol: () => Promise.resolve(world.owner),
  });
  let key = 0;
  const change: Lists['change'] = (mutation, input, caller = {}) => {
    key += 1;
    const [type, fields] = inputs[mutation];
    const document = `mutation ($clientKey: ID!, $input: ${type}!) {
      ${mutation}(clientKey: $clientKey, input: $input) { ${fields} } }`;
    return protocols.ask(
      document,
      { clientKey: `lists-${String(key).padStart(6, '0')}`, input },
      caller,
    );
  };
  return {
    world,
    protocols,
    change,
    async made(mutation, input) {
      const { data, errors } = await change(mutation, input);
      if (errors) throw new Error(JSON.stringify(errors));
      // Each of these mutations gives an object or an error.
      return data?.[mutation] as Record<string, unknown>;
    },
    list: (isoWeek, caller = {}) =>
      protocols.ask(
        `query ($isoWeek: String) { priorityList(district: FIDENZA, isoWeek: $isoWeek) {
          id publishedAt reservedPlaces criteria { version isUsed } weekStartsOn factsLoadedAt
          entries(first: 200) { nodes { code rank score waitingSince requestedPlaceType placesNeeded state
            components { criterion input points } } pageInfo { hasNextPage } } } }`,
        { isoWeek },
        caller,
      ),
  };
}
