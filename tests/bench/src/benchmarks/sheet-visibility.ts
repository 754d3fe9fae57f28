import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { signedAsGateway } from '../call-headers.ts';
import type { GatewayKey } from '../gateway-key.ts';
import { createJsonPoster, type JsonPoster, postOrThrow } from '../json-poster.ts';

const daysHeldBack = 2;
const giveUpMs = 30_000;

const facilityOnDay = `query FacilityOnDay($after: String, $day: Date!) {
  facilities(first: 1, after: $after) {
    nodes { managingBody dailyPresences(from: $day, to: $day) { count } }
    pageInfo { hasNextPage endCursor }
  }
}`;

interface FacilityOnDay {
  readonly facilities: {
    readonly nodes: readonly {
      readonly managingBody: string | null;
      readonly dailyPresences: readonly { readonly count: number }[] | null;
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** The workbooks of the last days, which are dropped one by one after the backfill. */
export function sheetsHeldBack(workbooks: readonly string[]): readonly string[] {
  const days = [...new Set(workbooks.map(dayOf))].sort().slice(-daysHeldBack);
  return workbooks.filter((file) => days.includes(dayOf(file)));
}

/** Milliseconds from the rename of each sheet until the service's own graph, asked as the gateway asks it, shows its day. */
export async function measureVisibility(options: {
  readonly sheets: readonly string[];
  readonly from: string;
  readonly drop: string;
  readonly serviceUrl: string;
  readonly gatewayKey: GatewayKey;
}): Promise<readonly number[]> {
  const { sheets, from, drop, serviceUrl, gatewayKey } = options;
  const graph = createJsonPoster(
    `${serviceUrl}/graphql`,
    signedAsGateway(gatewayKey, 'reception-centres'),
  );
  try {
    const dayBefore = [...sheets.map(dayOf)].sort()[0] ?? '';
    const placeOf = await busiestFacilities(graph, previousDay(dayBefore));
    const waits: number[] = [];
    // Days in order: a later day's sheet would show nothing of the one before.
    for (const sheet of [...sheets].sort((a, b) => dayOf(a).localeCompare(dayOf(b)))) {
      const after = placeOf.get(bodyOf(sheet));
      if (after === undefined) continue;
      const startedAt = performance.now();
      await rename(join(from, sheet), join(drop, sheet));
      while (!(await hasPresences(graph, after, dayOf(sheet)))) {
        if (performance.now() - startedAt > giveUpMs) throw new Error(`${sheet} never showed`);
        await delay(10);
      }
      waits.push(performance.now() - startedAt);
    }
    return waits;
  } finally {
    graph.close();
  }
}

/** For each managing body, the cursor just before its facility with most guests on that day. */
async function busiestFacilities(
  graph: JsonPoster,
  day: string,
): Promise<Map<string, string | null>> {
  const busiest = new Map<string, { readonly after: string | null; readonly count: number }>();
  let after: string | null = null;
  for (let more = true; more; ) {
    const { facilities }: FacilityOnDay = await askFacility(graph, after, day);
    const [node] = facilities.nodes;
    const body = slug(node?.managingBody ?? '');
    const count = node?.dailyPresences?.[0]?.count ?? 0;
    if (count > (busiest.get(body)?.count ?? 0)) busiest.set(body, { after, count });
    after = facilities.pageInfo.endCursor;
    more = facilities.pageInfo.hasNextPage;
  }
  return new Map([...busiest].map(([body, place]) => [body, place.after]));
}

async function hasPresences(graph: JsonPoster, after: string | null, day: string) {
  const { facilities } = await askFacility(graph, after, day);
  return (facilities.nodes[0]?.dailyPresences?.length ?? 0) > 0;
}

async function askFacility(
  graph: JsonPoster,
  after: string | null,
  day: string,
): Promise<FacilityOnDay> {
  const body = JSON.stringify({ query: facilityOnDay, variables: { after, day } });
  // The query above, answered without an error.
  return (JSON.parse(await postOrThrow(graph, body)) as { data: FacilityOnDay }).data;
}

/** `PRESENZE_<BODY>_<YYYYMMDD>.xlsx` */
function dayOf(file: string): string {
  const digits = /_(\d{8})\.xlsx$/u.exec(file)?.[1] ?? '';
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}

function bodyOf(file: string): string {
  return /^PRESENZE_(.+)_\d{8}\.xlsx$/u.exec(file)?.[1] ?? '';
}

function slug(managingBody: string): string {
  return managingBody.toUpperCase().replace(/[^A-Z0-9]+/gu, '-');
}

function previousDay(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}
