import { municipalities, municipalityByIstatCode } from '@tavolo/schemas';
import { leadMunicipalityOf } from '../partners.ts';
import { at, type Random } from '../random.ts';
import { dayMs, isoDay } from '../time.ts';
import type { WorldDistrict, WorldFacility, WorldReceptionType } from '../world.ts';
import type { WorldParameters } from '../world-parameters.ts';
import type { HouseholdDraft, PlacedHousehold } from './household-draft.ts';
import { createFacilityNamer, managingBodies } from './name-facilities.ts';

type Target = WorldFacility['targetCategory'];
interface FacilityDraft {
  readonly facility: Omit<
    WorldFacility,
    'authorisedPlaces' | 'activePlaces' | 'openFrom' | 'openTo'
  >;
  /** How many people it should hold, relative to the others of its kind. */
  readonly weight: number;
  /** Entry and exit of every guest ever, milliseconds. */
  readonly guests: [entryMs: number, exitMs: number][];
}

const districts: readonly WorldDistrict[] = ['PARMA', 'FIDENZA', 'SUD_EST', 'VALLI_TARO_CENO'];
const weightedMunicipalities = municipalities.map(
  (row) => [row.istatCode, row.population] as const,
);
const peoplePerSaiFacility = 14;

/** Opens the facilities the hosted people need and gives every stay one; capacities follow from the peaks. */
export function placeHouseholds(
  random: Random,
  parameters: WorldParameters,
  households: readonly HouseholdDraft[],
  nowMs: number,
): { facilities: WorldFacility[]; placed: PlacedHousehold[] } {
  const pools = openFacilities(random.fork('facilities'), parameters, households);
  const chosen = households.map((household) => chooseFacilities(random, pools, household, nowMs));
  const drafts = [...pools.values()].flat().filter(({ guests }) => guests.length > 0);
  const facilities = new Map(
    drafts.map((draft) => [draft.facility.id, settleCapacity(random, draft, nowMs)]),
  );
  const placed = households.map((household, index) => ({
    ...household,
    facilities: at(chosen, index).map(({ facility: { id } }) => {
      const opened = facilities.get(id);
      if (opened === undefined) throw new Error(`facility ${id} has guests and was not opened`);
      return opened;
    }),
  }));
  return { facilities: [...facilities.values()], placed };
}

type Pools = ReadonlyMap<string, FacilityDraft[]>;

function poolKey(type: WorldReceptionType, target: Target): string {
  return `${type} ${target}`;
}

function openFacilities(
  random: Random,
  parameters: WorldParameters,
  households: readonly HouseholdDraft[],
): Pools {
  const needed = new Map<string, number>();
  for (const household of households) {
    const last = household.path.at(-1);
    if (last === undefined || last.exitMs !== undefined) continue;
    const key = poolKey(last.type, targetOf(household, last.type));
    needed.set(key, (needed.get(key) ?? 0) + household.members.length);
  }
  const open = createFacilityMaker(random);
  const pools = new Map<string, FacilityDraft[]>();
  const fill = (
    type: WorldReceptionType,
    target: Target,
    count: number,
    districtOf: (index: number) => WorldDistrict | undefined,
  ) =>
    pools.set(
      poolKey(type, target),
      Array.from({ length: count }, (_, index) => open(type, target, districtOf(index))),
    );
  const people = (type: WorldReceptionType, target: Target): number =>
    needed.get(poolKey(type, target)) ?? 0;
  const anywhere = (): undefined => undefined;
  const eachDistrict = (index: number): WorldDistrict | undefined => districts[index];
  fill(
    'CAS',
    'ORDINARI',
    Math.max(1, Math.round(people('CAS', 'ORDINARI') / parameters.peoplePerCas)),
    anywhere,
  );
  fill('CPA_HUB', 'ORDINARI', 1, () => 'PARMA');
  fill('IMMEDIATE_RECEPTION', 'ORDINARI', 4, eachDistrict);
  fill(
    'SAI',
    'ORDINARI',
    Math.max(4, Math.round(people('SAI', 'ORDINARI') / peoplePerSaiFacility)),
    eachDistrict,
  );
  fill(
    'SAI',
    'MSNA',
    Math.max(1, Math.round(people('SAI', 'MSNA') / peoplePerSaiFacility)),
    anywhere,
  );
  fill(
    'SAI',
    'DM_DS',
    Math.max(1, Math.round(people('SAI', 'DM_DS') / peoplePerSaiFacility)),
    anywhere,
  );
  return pools;
}

function targetOf(household: HouseholdDraft, type: WorldReceptionType): Target {
  if (type !== 'SAI') return 'ORDINARI';
  if (household.isUnaccompanied) return 'MSNA';
  return household.specialCare ? 'DM_DS' : 'ORDINARI';
}

function createFacilityMaker(random: Random) {
  const nameFacility = createFacilityNamer(random.fork('names'));
  let count = 0;
  return (
    type: WorldReceptionType,
    target: Target,
    district: WorldDistrict | undefined,
  ): FacilityDraft => {
    const inDistrict = weightedMunicipalities.filter(
      ([code]) => district === undefined || municipalityByIstatCode(code)?.district === district,
    );
    const istatCode = type === 'CPA_HUB' ? '034027' : random.weighted(inDistrict);
    const municipality = municipalityByIstatCode(istatCode);
    if (municipality === undefined)
      throw new Error(`municipality ${istatCode} is not in the province`);
    count += 1;
    const lead = leadMunicipalityOf(municipality.district);
    return {
      facility: {
        id: `F${String(count).padStart(5, '0')}`,
        ...nameFacility(type, municipality),
        receptionType: type,
        managingBody: random.pick(managingBodies),
        municipality: istatCode,
        district: municipality.district,
        targetCategory: target,
        ...(type === 'SAI'
          ? { titularBody: `Comune di ${lead.name}`, projectCode: lead.saiProjectCode }
          : {}),
        ...(type === 'CAS' ? { cig: `ZTVL${String(count).padStart(6, '0')}` } : {}),
      },
      weight: type === 'CAS' ? 2 + random.logNormal(5, 0.6) : 10 + random.integer(0, 6),
      guests: [],
    };
  };
}

function chooseFacilities(
  random: Random,
  pools: Pools,
  household: HouseholdDraft,
  nowMs: number,
): FacilityDraft[] {
  const chosen: FacilityDraft[] = [];
  for (const stay of household.path) {
    const pool = pools.get(poolKey(stay.type, targetOf(household, stay.type))) ?? [];
    const facility = chooseFacility(
      random,
      pool,
      chosen.at(-1)?.facility.district,
      stay.exitMs === undefined,
    );
    const guest: [number, number] = [stay.entryMs, stay.exitMs ?? nowMs];
    facility.guests.push(...household.members.map(() => guest));
    chosen.push(facility);
  }
  return chosen;
}

/** Nobody stays empty, large ones take more, and whoever moves on mostly stays in the district. */
function chooseFacility(
  random: Random,
  pool: FacilityDraft[],
  near: WorldDistrict | undefined,
  isOpenStay: boolean,
): FacilityDraft {
  let best = at(pool, 0);
  let bestRoom = Number.NEGATIVE_INFINITY;
  // The roomiest of a few drawn at random: close to even filling without looking at every facility.
  for (let draw = 0; draw < Math.min(pool.length, 6); draw++) {
    const candidate = random.pick(pool);
    const preference = near === undefined || candidate.facility.district === near ? 0 : 0.5;
    const room = isOpenStay
      ? 1 - candidate.guests.length / candidate.weight - preference
      : random.next() - preference;
    if (room > bestRoom) {
      best = candidate;
      bestRoom = room;
    }
  }
  return best;
}

function settleCapacity(
  random: Random,
  { facility, guests }: FacilityDraft,
  nowMs: number,
): WorldFacility {
  const peak = peakOf(guests);
  const firstMs = guests.reduce((first, [entryMs]) => Math.min(first, entryMs), nowMs);
  const lastMs = guests.reduce((last, [, exitMs]) => Math.max(last, exitMs), 0);
  const activePlaces =
    peak +
    random.weighted([
      [0, 5],
      [1, 3],
      [2, 2],
    ]);
  return {
    ...facility,
    authorisedPlaces:
      activePlaces +
      random.weighted([
        [0, 8],
        [2, 2],
      ]),
    activePlaces,
    openFrom: isoDay(firstMs - random.integer(5, 400) * dayMs),
    ...(facility.receptionType === 'CAS' && lastMs < nowMs
      ? { openTo: isoDay(Math.min(nowMs, lastMs + random.integer(1, 30) * dayMs)) }
      : {}),
  };
}

/** Most guests on one day, counting both the day of entry and the day of exit. */
function peakOf(guests: FacilityDraft['guests']): number {
  const changes = guests.flatMap(([entryMs, exitMs]) => [
    [Math.floor(entryMs / dayMs), 1] as const,
    [Math.floor(exitMs / dayMs) + 1, -1] as const,
  ]);
  changes.sort(([dayA, changeA], [dayB, changeB]) => dayA - dayB || changeA - changeB);
  let present = 0;
  let peak = 0;
  for (const [, change] of changes) {
    present += change;
    peak = Math.max(peak, present);
  }
  return peak;
}
