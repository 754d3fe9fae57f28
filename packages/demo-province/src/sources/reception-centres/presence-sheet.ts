import type { Worksheet } from 'exceljs';
import type { WorldFacility, WorldStay } from '../../world.ts';
import { identifierCells, type KnownPerson } from './known-person.ts';
import { italianDay, romeWallClock } from './rome-wall-clock.ts';

/** One guest's line. */
export interface PresentGuest {
  readonly known: KnownPerson;
  readonly stay: WorldStay;
}

export interface SheetContent {
  readonly facility: WorldFacility;
  readonly municipalityName: string;
  readonly day: string;
  readonly guests: readonly PresentGuest[];
  /** Added to the true total, for a sheet that does not add up. */
  readonly totalError: number;
  /** Cells of broken rows, in the columns of the header but the mark of presence, with the kind for the manifest. */
  readonly brokenRows: readonly { readonly kind: string; readonly cells: readonly unknown[] }[];
}

/** The names of the columns, which change from month to month; the order does not. */
const headers: readonly (readonly string[])[] = [
  [
    'N.',
    'Cognome e nome',
    'CUI',
    'Vestanet',
    'Cod. Fisc.',
    'Permesso',
    'Data nascita',
    'Sesso',
    'Cittadinanza',
    'Data ingresso',
    'Ora',
    'Nucleo',
    'Presente',
  ],
  [
    'N. ospite',
    'Nominativo',
    'Codice CUI',
    'N. Vestanet',
    'C.F.',
    'PdS',
    'Nato il',
    'M/F',
    'Nazionalità',
    'Ingresso il',
    'Ora ingresso',
    'Cod. nucleo',
    'Firma',
  ],
  [
    'Numero ospite',
    'COGNOME E NOME',
    'C.U.I.',
    'VESTANET',
    'CODICE FISCALE',
    'PERMESSO',
    'DATA DI NASCITA',
    'SESSO',
    'CITTADINANZA',
    'DATA ARRIVO',
    'ORA ARRIVO',
    'NUCLEO FAMILIARE',
    'NOTTI',
  ],
];

const presenceMarks = ['SI', 'firmato', 1] as const;

/** Writes title, capacity, header, rows and totals; returns the lines of the broken rows. */
export function fillPresenceSheet(
  sheet: Worksheet,
  content: SheetContent,
): { readonly line: number; readonly kind: string }[] {
  const { facility, day, guests } = content;
  const style = Number(day.slice(5, 7)) % headers.length;
  const name = facility.nameVariants[Number(day.slice(8)) % facility.nameVariants.length];
  sheet.addRow(['FOGLIO PRESENZE GIORNALIERO']);
  sheet.mergeCells('A1:M1');
  sheet.addRow([`Ente gestore: ${facility.managingBody}`]);
  sheet.addRow([`Struttura: ${name ?? facility.name} | Comune: ${content.municipalityName}`]);
  sheet.addRow(['Data:', italianDay(day)]);
  sheet.addRow([
    `Tipologia: ${facility.receptionType === 'CPA_HUB' ? 'CPA/Hub' : 'CAS'} | Convenzione dal: ${italianDay(facility.openFrom)}${facility.cig === undefined ? '' : ` | CIG: ${facility.cig}`}`,
  ]);
  sheet.addRow([
    `Capienza: ${facility.authorisedPlaces} | Posti attivi: ${facility.activePlaces} | Riservati: 0 | Fuori servizio: 0`,
  ]);
  sheet.addRow([]);
  sheet.addRow([...(headers[style] ?? [])]);
  for (const [index, guest] of guests.entries()) {
    sheet.addRow(guestCells(guest, index, presenceMarks[style] ?? 'SI'));
  }
  const broken = content.brokenRows.map(({ kind, cells }) => ({
    kind,
    line: sheet.addRow([...cells, presenceMarks[style] ?? 'SI']).number,
  }));
  const total = guests.length + content.brokenRows.length + content.totalError;
  const totalLine = sheet.addRow([`TOTALE PRESENTI: ${total}`]).number;
  if (content.totalError !== 0) broken.push({ kind: 'WRONG_TOTAL', line: totalLine });
  return broken;
}

function guestCells(
  { known, stay }: PresentGuest,
  index: number,
  mark: string | number,
): unknown[] {
  const { record, person, householdCode } = known;
  const { cui, vestanet, fiscalCode, permit } = identifierCells(known);
  const entry = romeWallClock(stay.entryAt);
  return [
    record.localId,
    `${record.familyName.toUpperCase()} ${record.givenName}`,
    cui,
    vestanet,
    fiscalCode,
    permit,
    italianDay(record.birthDate),
    person.sex,
    person.citizenship,
    writtenDay(entry.day, index),
    entry.time,
    householdCode,
    mark,
  ];
}

/** The same column holds real dates, `dd/mm/yyyy`, `d-m-yy` and ISO: whoever typed the row decided. */
function writtenDay(day: string, index: number): string | Date {
  const [year = '', month, dayOfMonth] = day.split('-');
  switch (index % 4) {
    case 0:
      return new Date(`${day}T00:00:00Z`);
    case 1:
      return italianDay(day);
    case 2:
      return `${Number(dayOfMonth)}-${Number(month)}-${year.slice(2)}`;
    default:
      return day;
  }
}
