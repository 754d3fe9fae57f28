import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asylumDesks } from '../../partners.ts';
import { at } from '../../random.ts';
import type { SourceManifest } from '../../source-manifest.ts';
import type { World, WorldPerson, WorldSocialCase } from '../../world.ts';
import { dirtyKinds, writeDirtyRow } from './dirty-rows.ts';
import { createDumpFile, type DumpFile } from './dump-file.ts';
import { conventionsOf, type LocalConventions, localConventions } from './local-conventions.ts';
import { municipalityCode } from './municipality-code.ts';
import { createRegistryWriter } from './registry-writer.ts';
import { schemaSql } from './schema-sql.ts';
import { createServiceWriter, type ServiceWriter } from './service-writer.ts';

export interface SocialServicesOptions {
  /** Share of cases beside which one dirty row is written; above 0, every kind appears at least once. */
  readonly dirtyShare: number;
  /** In [0, 1), seeded. */
  readonly random: () => number;
}

/**
 * Writes the social services' database as the dump its administrator would have: `schema.sql` and
 * `data.sql`, plain statements, every row on a line of its own.
 */
export async function writeSocialServices(
  world: World,
  folder: string,
  { dirtyShare, random }: SocialServicesOptions,
): Promise<SourceManifest> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'schema.sql'), schemaSql());
  const file = createDumpFile(join(folder, 'data.sql'));
  const people = new Map(world.people.map((person) => [person.id, person]));
  const householdCodes = new Map(
    world.households.map(({ id, codes }) => [id, codes['social-services'] ?? null]),
  );
  const registry = createRegistryWriter(file);
  const writers = new Map(
    localConventions.map((conventions) => {
      writeCodeTables(file, conventions);
      return [conventions, createServiceWriter(file, conventions)];
    }),
  );
  const writerOf = (district: WorldSocialCase['district']): ServiceWriter => {
    const writer = writers.get(conventionsOf(district));
    if (writer === undefined) throw new Error(`no writer for ${district}`);
    return writer;
  };

  for (const person of world.people) {
    registry.writePerson(person);
    await file.drained();
  }
  for (const household of world.households) {
    registry.writeHousehold(household, people);
    await file.drained();
  }
  const caseIds: number[] = [];
  for (const socialCase of world.socialCases) {
    caseIds.push(
      writerOf(socialCase.district).writeCase(
        socialCase,
        personOf(people, socialCase.personId),
        householdCodes.get(socialCase.householdId) ?? null,
      ),
    );
    await file.drained();
  }
  for (const contact of world.deskContacts) {
    const desk = asylumDesks.find(({ id }) => id === contact.deskId);
    if (desk === undefined) throw new Error(`no desk ${contact.deskId}`);
    writerOf(desk.district).writeContact(contact, personOf(people, contact.personId));
    await file.drained();
  }

  const dirty: SourceManifest['dirty'][number][] = [];
  for (let number = 1; number <= dirtyCount(world.socialCases.length, dirtyShare); number++) {
    const kind = at(dirtyKinds, (number - 1) % dirtyKinds.length);
    const place = Math.floor(random() * world.socialCases.length);
    const socialCase = at(world.socialCases, place);
    const person = personOf(people, socialCase.personId);
    const personId = person.records['social-services']?.localId ?? '';
    const subject = {
      writer: writerOf(socialCase.district),
      socialCase,
      caseId: at(caseIds, place),
      personId,
    };
    writeDirtyRow(kind, subject, file, number);
    dirty.push({ file: 'data.sql', line: null, kind });
    await file.drained();
  }
  return { files: ['schema.sql', 'data.sql'], rows: await file.close(), dirty };
}

function dirtyCount(cases: number, share: number): number {
  if (share <= 0 || cases === 0) return 0;
  return Math.max(dirtyKinds.length, Math.round(cases * share));
}

function personOf(people: ReadonlyMap<string, WorldPerson>, id: string): WorldPerson {
  const person = people.get(id);
  if (person === undefined) throw new Error('the world speaks of a person it does not have');
  return person;
}

/** The service's own lists: its area codes, one of them mapped to nothing, and its desks. */
function writeCodeTables(file: DumpFile, conventions: LocalConventions): void {
  const { schema, areaCodes, areaLabels, ownAreaCode, districts } = conventions;
  for (const area of ['LEGAL', 'SOCIAL', 'HEALTH', 'HOUSING', 'WORK_TRAINING'] as const) {
    file.insert(`${schema}.cod_area`, { codice: areaCodes[area], descrizione: areaLabels[area] });
  }
  file.insert(`${schema}.cod_area`, {
    codice: ownAreaCode,
    descrizione: 'Area propria del servizio',
  });
  for (const desk of asylumDesks) {
    if (!districts.includes(desk.district)) continue;
    file.insert(`${schema}.sportello`, {
      id_sportello: desk.id,
      descrizione: 'Sportello provinciale asilo',
      comune: municipalityCode(conventions, desk.municipality),
    });
  }
}
