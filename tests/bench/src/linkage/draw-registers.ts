import {
  createWorld,
  type Institution,
  type World,
  type WorldIdentifierKind,
  type WorldParameters,
  type WorldPerson,
  type WorldRecord,
} from '@tavolo/demo-province';
import {
  deriveSectorKey,
  type HouseholdToEnrol,
  type IdentifierKind,
  type PersonToEnrol,
} from '@tavolo/linkage';

/** The day of every measured province; nobody is born after its year. */
export const TODAY = '2026-11-22';

/** What one institution would enrol. */
export interface Register {
  readonly source: Institution;
  readonly people: readonly PersonToEnrol[];
  readonly households: readonly HouseholdToEnrol[];
}

export interface Registers {
  /** People in all, known to some institution. */
  readonly people: number;
  readonly registers: readonly Register[];
  /** The person behind a record, by `source/sectorKey`. */
  readonly personOf: ReadonlyMap<string, string>;
}

const sources: readonly Institution[] = [
  'reception-centres',
  'health-authority',
  'social-services',
  'volunteer-registry',
];

/** These two keep households; the health authority knows people one by one. */
const withHouseholds: ReadonlySet<Institution> = new Set(['reception-centres', 'social-services']);

const kinds: Readonly<Record<WorldIdentifierKind, IdentifierKind>> = {
  CF: 'CODICE_FISCALE',
  CF_PROVISIONAL: 'CODICE_FISCALE_PROVISIONAL',
  CUI: 'CUI',
  VESTANET: 'VESTANET',
  STP: 'STP',
  ENI: 'ENI',
  PERMIT: 'PERMIT',
};

/** For a province of about `people` people: how many of them are hosted today. */
function hostedAmong(people: number): number {
  // 40 % more have left, 6 % were never hosted, and most of the 198 immediate receptions have ended.
  return Math.max(40, Math.round((people - 180) / 1.46));
}

/** Draws a province and what its four institutions would say of it to the encoder. */
export function drawRegisters(options: {
  readonly people: number;
  readonly seed: number;
  readonly parameters: WorldParameters;
}): Registers {
  const { people, seed, parameters } = options;
  const world = createWorld({ seed, size: hostedAmong(people), today: TODAY, parameters });
  const personOf = new Map<string, string>();
  const registers = sources.map((source) => registerOf(world, source, personOf));
  return { people: world.people.length, registers, personOf };
}

function registerOf(world: World, source: Institution, personOf: Map<string, string>): Register {
  const secret = `a secret of the benchmark only, ${world.seed} ${source}`;
  const keyOf = (label: string, localId: string): string => deriveSectorKey(secret, label, localId);
  const people: PersonToEnrol[] = [];
  const members = new Map<string, string[]>();
  for (const person of world.people) {
    const record = person.records[source];
    if (record === undefined) continue;
    const sectorKey = keyOf('person', record.localId);
    personOf.set(`${source}/${sectorKey}`, person.id);
    members.set(person.householdId, [...(members.get(person.householdId) ?? []), sectorKey]);
    people.push(personToEnrol(source, sectorKey, person, record));
  }
  if (!withHouseholds.has(source)) return { source, people, households: [] };
  const households = world.households.flatMap(({ id, codes, copiedCodes }) => {
    const memberSectorKeys = members.get(id);
    if (memberSectorKeys === undefined) return [];
    const own = codes[source];
    const copied = source === 'social-services' ? copiedCodes?.[source] : undefined;
    return {
      sectorKey: keyOf('household', own ?? id),
      codes: [
        ...(own === undefined ? [] : [`${source}:${own}`]),
        ...(copied === undefined ? [] : [`reception-centres:${copied}`]),
      ],
      memberSectorKeys,
    };
  });
  return { source, people, households };
}

function personToEnrol(
  source: Institution,
  sectorKey: string,
  person: WorldPerson,
  record: WorldRecord,
): PersonToEnrol {
  // The registry of volunteers has a box for neither.
  const isVolunteer = source === 'volunteer-registry';
  return {
    sectorKey,
    identifiers: record.identifiers.map(({ kind, value, validFrom, validTo }) => ({
      kind: kinds[kind],
      value,
      ...(validFrom === undefined ? {} : { validFrom }),
      // The centres' files have no column for the end of a validity.
      ...(validTo === undefined || source === 'reception-centres' ? {} : { validTo }),
    })),
    attributes: {
      name: `${record.familyName} ${record.givenName}`,
      birthDate: record.birthDate,
      sex: isVolunteer ? null : (record.sex ?? person.sex),
      citizenship: isVolunteer ? null : (record.citizenship ?? person.citizenship),
    },
  };
}
