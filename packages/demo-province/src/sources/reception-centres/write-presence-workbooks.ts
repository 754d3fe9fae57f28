import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { municipalityByIstatCode } from '@tavolo/schemas';
import ExcelJS from 'exceljs';
import { groupBy } from '../../group-by.ts';
import type { SourceManifest } from '../../source-manifest.ts';
import { dayMs, dayStart, isoDay } from '../../time.ts';
import { withoutZipTimes } from '../../without-zip-times.ts';
import type { World, WorldStay } from '../../world.ts';
import { knownPeople } from './known-person.ts';
import { fillPresenceSheet, type PresentGuest, type SheetContent } from './presence-sheet.ts';
import { romeWallClock } from './rome-wall-clock.ts';

export interface PresenceOptions {
  readonly dirtyShare: number;
  readonly random: () => number;
  /** How many days of sheets, up to and including the world's today. */
  readonly days: number;
}

type Written = { files: string[]; rows: number; dirty: SourceManifest['dirty'][number][] };

/** Nobody of the world: the same invented guest is written into two centres on one old day. */
const doubleGuest = [
  'OSP-DOPPIO',
  'DOPPIO Ospite',
  '0TVL9999999',
  '',
  '',
  '',
  '01/01/1990',
  'M',
  'NG',
  '',
  '',
  '',
];
const noIdentifier = [
  '',
  'SENZA Numero',
  '',
  '',
  '',
  '',
  '01/01/1990',
  'M',
  'NG',
  '01/01/2026',
  '',
  '',
];
const badDate = [
  'OSP-DATA',
  'DATA Sbagliata',
  '',
  '',
  '',
  '',
  '01/01/1990',
  'M',
  'NG',
  '31/02/2026',
  '',
  '',
];

/** One workbook for each managing body and day, one tab for each of its centres. */
export async function writePresenceWorkbooks(
  world: World,
  folder: string,
  { dirtyShare, random, days }: PresenceOptions,
): Promise<Written> {
  const written: Written = { files: [], rows: 0, dirty: [] };
  const known = knownPeople(world);
  const stays = groupBy(world.stays, (stay) => stay.facilityId);
  const centres = world.facilities.filter(({ receptionType }) =>
    ['CAS', 'CPA_HUB'].includes(receptionType),
  );
  const bodies = [...groupBy(centres, (centre) => centre.managingBody)];
  const dirty = dirtyShare > 0;
  for (let back = days - 1; back >= 0; back -= 1) {
    const day = isoDay(dayStart(world.today) - back * dayMs);
    for (const [bodyIndex, [body, facilities]] of bodies.entries()) {
      const contents = facilities
        .filter(
          ({ openFrom, openTo }) => openFrom <= day && (openTo === undefined || openTo >= day),
        )
        .map((facility, index): SheetContent => {
          const isOldDay = back === days - 2;
          const brokenRows = [
            ...(dirty && isOldDay && bodyIndex === 0 && index < 2
              ? [{ kind: 'SAME_PERSON_TWO_CENTRES', cells: doubleGuest }]
              : []),
            ...(random() < dirtyShare ? [{ kind: 'NO_IDENTIFIER', cells: noIdentifier }] : []),
            ...(random() < dirtyShare ? [{ kind: 'BAD_DATE', cells: badDate }] : []),
          ];
          return {
            facility,
            municipalityName: municipalityByIstatCode(facility.municipality)?.name ?? '',
            day,
            guests: presentOn(day, stays.get(facility.id) ?? []),
            totalError: dirty && back === 1 && bodyIndex === 1 && index === 0 ? 3 : 0,
            brokenRows,
          };
        });
      const name = `PRESENZE_${body.toUpperCase().replace(/[^A-Z0-9]+/gu, '-')}_${day.replaceAll('-', '')}`;
      const correctedLater = dirty && back === 1 && bodyIndex === 0;
      // The first version of the sheet forgets a guest; the correction has everybody.
      const first = contents.findIndex(({ guests }) => guests.length > 0);
      const early = correctedLater
        ? contents.map((content, index) =>
            index === first ? { ...content, guests: content.guests.slice(1) } : content,
          )
        : contents;
      await writeWorkbook(`${name}.xlsx`, early);
      const whole = contents[first];
      if (correctedLater && whole !== undefined) {
        await writeWorkbook(`${name}_RETTIFICA.xlsx`, [whole]);
        written.dirty.push({ file: `${name}_RETTIFICA.xlsx`, line: null, kind: 'CORRECTED_SHEET' });
      }
    }
  }
  const template = centres[0];
  const sample = written.files[0];
  if (dirty && template !== undefined && sample !== undefined) {
    const day = isoDay(dayStart(world.today) - 5 * dayMs);
    const empty = {
      facility: { ...template, name: 'CAS Silente 999', nameVariants: ['CAS Silente 999'] },
      day,
      guests: [],
      totalError: 0,
      brokenRows: [],
    };
    const stamp = day.replaceAll('-', '');
    await writeWorkbook(`PRESENZE_SILENTE_${stamp}.xlsx`, [
      { ...empty, municipalityName: 'Parma' },
    ]);
    written.dirty.push({
      file: `PRESENZE_SILENTE_${stamp}.xlsx`,
      line: null,
      kind: 'SILENT_CENTRE',
    });
    await writeWorkbook(`PRESENZE_ALTROVE_${stamp}.xlsx`, [
      { ...empty, municipalityName: "Reggio nell'Emilia" },
    ]);
    written.dirty.push({
      file: `PRESENZE_ALTROVE_${stamp}.xlsx`,
      line: null,
      kind: 'UNKNOWN_MUNICIPALITY',
    });
    const bytes = await readFile(path.join(folder, sample));
    const cut = `PRESENZE_TRONCO_${stamp}.xlsx`;
    await writeFile(path.join(folder, cut), bytes.subarray(0, Math.floor(bytes.length / 2)));
    written.files.push(cut);
    written.dirty.push({ file: cut, line: null, kind: 'TRUNCATED_XLSX' });
  }
  return written;

  async function writeWorkbook(file: string, contents: readonly SheetContent[]): Promise<void> {
    const book = new ExcelJS.Workbook();
    // Fixed, so that the same world gives the same bytes.
    book.created = new Date(0);
    book.modified = new Date(0);
    for (const [index, content] of contents.entries()) {
      const broken = fillPresenceSheet(book.addWorksheet(`Centro ${index + 1}`), content);
      written.rows += content.guests.length + content.brokenRows.length;
      for (const { line, kind } of broken) written.dirty.push({ file, line, kind });
    }
    if (contents.length === 0) return;
    await writeFile(
      path.join(folder, file),
      withoutZipTimes(Buffer.from(await book.xlsx.writeBuffer())),
    );
    written.files.push(file);
  }

  function presentOn(day: string, ofFacility: readonly WorldStay[]): PresentGuest[] {
    return ofFacility.flatMap((stay) => {
      const person = known.get(stay.personId);
      if (person === undefined || romeWallClock(stay.entryAt).day > day) return [];
      if (stay.exitAt !== undefined && romeWallClock(stay.exitAt).day <= day) return [];
      return [{ known: person, stay }];
    });
  }
}
