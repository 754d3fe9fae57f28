import { signedAsGateway } from '../../call-headers.ts';
import type { GatewayKey } from '../../gateway-key.ts';
import { createJsonPoster, postOrThrow } from '../../json-poster.ts';
import { hopQueries } from './hop-queries.ts';

type Row = Record<string, unknown>;
interface Guest extends Row {
  person: Row | null;
}
interface FacilitiesAnswer {
  readonly facilities: { readonly nodes: readonly { guests: Guest[] | null }[] };
}

/**
 * Answers the table's question with the gateway's own hops, merged by code that knows only this question. It
 * signs every call, as the gateway does, and asks nobody whether it may.
 */
export function createTableMerge(urls: Readonly<Record<string, string>>, key: GatewayKey) {
  const posters = new Map(
    Object.entries(urls).map(
      ([name, url]) => [name, createJsonPoster(url, signedAsGateway(key, name))] as const,
    ),
  );

  const ask = async <Data>(name: string, query: string, variables: object): Promise<Data> => {
    const poster = posters.get(name);
    if (!poster) throw new Error(`no address of ${name}`);
    const text = await postOrThrow(poster, JSON.stringify({ query, variables }));
    // The queries are fixed, and the benchmark compares the outcome with the gateway's.
    return (JSON.parse(text) as { data: Data }).data;
  };
  const entities = async (name: string, query: string, representations: readonly Row[]) => {
    if (representations.length === 0) return [];
    const data = await ask<{ _entities: (Row | null)[] }>(name, query, { representations });
    return data._entities;
  };

  async function answer(variables: {
    readonly district: string;
    readonly after: string | null;
  }): Promise<unknown> {
    const data = await ask<FacilitiesAnswer>('reception-centres', hopQueries.facilities, variables);
    const guests = data.facilities.nodes
      .flatMap((node) => node.guests ?? [])
      .filter((guest) => guest.person !== null);
    const keys = guests.map(({ person }) => ({
      __typename: 'Person',
      receptionCentresKey: person?.['receptionCentresKey'],
    }));
    const [[people, cases, tutorsOf], entries] = await Promise.all([
      peopleWithCasesAndTutors(keys),
      entities('reception-centres', hopQueries.entries, keys),
    ]);
    const contacts = await entities(
      'health-authority',
      hopQueries.contacts,
      people.map((person, index) => ({
        __typename: 'Person',
        receptionEntryAt: entries[index]?.['receptionEntryAt'] ?? null,
        healthAuthorityKey: person?.['healthAuthorityKey'] ?? null,
      })),
    );
    for (const [index, guest] of guests.entries()) {
      const person = people[index];
      guest.person = {
        ref: person?.['ref'] ?? null,
        firstHealthEvent: contacts[index]?.['firstHealthEvent'] ?? null,
        hoursToFirstHealthEvent: contacts[index]?.['hoursToFirstHealthEvent'] ?? null,
        socialCases: cases[index]?.['socialCases'] ?? null,
        households:
          householdsOf(person)?.map((household) => ({
            ref: household['ref'],
            tutorMatches: tutorsOf.get(household)?.['tutorMatches'] ?? null,
          })) ?? null,
      };
    }
    return data;
  }

  async function peopleWithCasesAndTutors(keys: readonly Row[]) {
    const people = await entities('person-index', hopQueries.people, keys);
    const households = people.flatMap((person) => householdsOf(person) ?? []);
    const [cases, matches] = await Promise.all([
      entities(
        'social-services',
        hopQueries.cases,
        people.map((person) => ({
          __typename: 'Person',
          socialServicesKey: person?.['socialServicesKey'] ?? null,
        })),
      ),
      entities(
        'volunteer-registry',
        hopQueries.tutors,
        households.map((household) => ({
          __typename: 'Household',
          volunteerRegistryHouseholdKey: household['volunteerRegistryHouseholdKey'] ?? null,
        })),
      ),
    ]);
    const tutorsOf = new Map(households.map((household, index) => [household, matches[index]]));
    return [people, cases, tutorsOf] as const;
  }

  return {
    answer,
    close: () => {
      for (const poster of posters.values()) poster.close();
    },
  };
}

function householdsOf(person: Row | null | undefined): Row[] | null {
  // A list of objects, or null: the person index's own type.
  return (person?.['households'] ?? null) as Row[] | null;
}
