import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { HouseholdRecord, PersonRecord } from '@tavolo/linkage';
import {
  type LinkableHousehold,
  type LinkablePerson,
  type PeopleGraph,
  readLinkableHousehold,
  readLinkablePerson,
} from '@tavolo/matching';

const RECORDS_AT_A_TIME = 5_000;

/** A line of the file that `encodeRegisters` wrote. */
type Line =
  | { readonly source: string; readonly subject: 'people'; readonly record: PersonRecord }
  | { readonly source: string; readonly subject: 'households'; readonly record: HouseholdRecord };

/** Enrols every encoded record of the file: all people, then all households. */
export async function loadGraph(graph: PeopleGraph, file: string): Promise<void> {
  const people: LinkablePerson[] = [];
  const households: LinkableHousehold[] = [];
  for await (const line of readLines(file)) {
    if (line.subject === 'households') {
      households.push(readLinkableHousehold(line.source, line.record));
    } else people.push(readLinkablePerson(line.source, line.record));
    if (people.length === RECORDS_AT_A_TIME) graph.putPeople(people.splice(0));
  }
  graph.putPeople(people);
  graph.putHouseholds(households);
}

/** The encoded people of the file, one by one. */
export async function* readEncodedPeople(file: string): AsyncIterable<LinkablePerson> {
  for await (const line of readLines(file)) {
    if (line.subject === 'people') yield readLinkablePerson(line.source, line.record);
  }
}

async function* readLines(file: string): AsyncIterable<Line> {
  for await (const text of createInterface({ input: createReadStream(file) })) {
    // Written by this benchmark a moment ago.
    yield JSON.parse(text) as Line;
  }
}
