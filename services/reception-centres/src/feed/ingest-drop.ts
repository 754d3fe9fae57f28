import {
  type DropOutcome,
  type DroppedFile,
  FeedFileError,
  type FeedRejection,
  feedFileLabel,
  readSheets,
  type Sheet,
} from '@tavolo/feed-kit';
import { isDay } from '@tavolo/subgraph-kit';
import type { DropEntry } from '../store/drop-ledger.ts';
import type { DropTransaction, ReceptionFeedStore } from '../store/reception-feed-store.ts';
import { type ExportKind, ingestExport, isExportKind } from './ingest-export.ts';
import { ingestPresences } from './ingest-presences.ts';
import { parsePresenceWorkbook } from './parse-presence-workbook.ts';
import { romeDay } from './rome-instant.ts';

/** What one file gave. */
export interface Ingested {
  readonly accepted: number;
  readonly identifiersIgnored: number;
  readonly rejections: readonly Omit<FeedRejection, 'source' | 'at'>[];
  /** Newest day the file speaks of, `YYYY-MM-DD`. */
  readonly dataDay: string | null;
}

/** A file on its way in, with what its name says. */
export interface IncomingFile {
  readonly file: DroppedFile;
  /** Day of the export or of the sheets, from `_YYYYMMDD` in the name, else the day the file was written. */
  readonly day: string;
  readonly receivedAt: string;
}

type FileKind = 'PRESENCES' | ExportKind;

/** Whether the drop folder should look at a file of this name. */
export function isReceptionFile(name: string): boolean {
  return kindOf(name) !== null;
}

export interface DropIngest {
  /** Takes one dropped file in: everything it says, its rejections and its entry in the ledger commit together. */
  ingest(file: DroppedFile): Promise<DropOutcome>;
  /** Begins to read a workbook in its thread while the one before is being stored. */
  foresee(file: DroppedFile): void;
}

export function createIngestDrop(store: ReceptionFeedStore, now: () => Date): DropIngest {
  // One workbook at most is read ahead.
  let foreseen: { readonly sha256: string; readonly sheets: Promise<readonly Sheet[]> } | undefined;

  function foresee(file: DroppedFile): void {
    if (kindOf(file.name) !== 'PRESENCES' || store.hasDrop(file.sha256)) return;
    const sheets = readSheets(file.bytes);
    // Whoever ingests the file hears of it; until then nobody listens.
    sheets.catch(() => undefined);
    foreseen = { sha256: file.sha256, sheets };
  }

  const sheetsOf = (file: DroppedFile): Promise<readonly Sheet[]> => {
    const ahead = foreseen;
    if (ahead?.sha256 !== file.sha256) return readSheets(file.bytes);
    foreseen = undefined;
    return ahead.sheets;
  };

  async function ingest(file: DroppedFile): Promise<DropOutcome> {
    if (store.hasDrop(file.sha256)) return { kind: 'duplicate' };
    const kind = kindOf(file.name);
    if (kind === null) return { kind: 'rejected', reason: 'not a file of this feed' };
    const incoming: IncomingFile = {
      file,
      day: dayInName(file.name) ?? romeDay(new Date(file.modifiedAt)),
      receivedAt: now().toISOString(),
    };
    const tomorrow = romeDay(new Date(now().getTime() + 86_400_000));
    try {
      // Taken in, it would make every real export before that day look old.
      if (incoming.day > tomorrow) {
        throw new FeedFileError('MALFORMED', 'the name has a day that has not come yet');
      }
      const read = await reader(kind, incoming, sheetsOf);
      await store.commitDrop(async (transaction) => entry(kind, incoming, await read(transaction)));
      return { kind: 'ingested' };
    } catch (error) {
      if (!(error instanceof FeedFileError)) throw error;
      await store.commitDrop(async () => refusedEntry(kind, incoming, error.message));
      return { kind: 'rejected', reason: error.message };
    }
  }

  return { ingest, foresee };
}

/** Workbooks are parsed before the transaction begins, so that it is short; exports are read inside it, row by row. */
async function reader(
  kind: FileKind,
  incoming: IncomingFile,
  sheetsOf: (file: DroppedFile) => Promise<readonly Sheet[]>,
): Promise<(transaction: DropTransaction) => Promise<Ingested>> {
  if (kind !== 'PRESENCES') return (transaction) => ingestExport(kind, incoming, transaction);
  const sheets = await parsePresenceWorkbook(sheetsOf(incoming.file), incoming.day);
  return (transaction) => ingestPresences(sheets, incoming, transaction);
}

const wordsOfFileNames =
  'presenze sai strutture accoglienze iter proroghe servizi pronta accoglienza rettifica xlsx csv'.split(
    ' ',
  );

/** What rejections call a file: its name may be about a person. */
function labelOf(file: DroppedFile): string {
  return feedFileLabel(file, wordsOfFileNames);
}

function kindOf(name: string): FileKind | null {
  if (/\.xlsx$/iu.test(name)) return 'PRESENCES';
  const found = /^(?:SAI_\d{2}_)?([A-Z]+(?:_[A-Z]+)?)_\d{8}.*\.csv$/u.exec(name)?.[1];
  return found !== undefined && isExportKind(found) ? found : null;
}

function dayInName(name: string): string | null {
  const found = /_(\d{4})(\d{2})(\d{2})(?:\D|$)/u.exec(name);
  const day = found ? `${found[1]}-${found[2]}-${found[3]}` : null;
  // A day that does not exist would outlive every real one.
  return day !== null && isDay(day) ? day : null;
}

function entry(kind: FileKind, { file, receivedAt }: IncomingFile, ingested: Ingested): DropEntry {
  const endOfDay = `${ingested.dataDay ?? file.modifiedAt.slice(0, 10)}T23:59:59.000Z`;
  return {
    sha256: file.sha256,
    name: file.name,
    kind,
    outcome: 'ingested',
    // A file written today about last month is as new as last month.
    dataAt: file.modifiedAt < endOfDay ? file.modifiedAt : endOfDay,
    receivedAt,
    accepted: ingested.accepted,
    identifiersIgnored: ingested.identifiersIgnored,
    rejections: ingested.rejections.map((one) => ({
      ...one,
      source: labelOf(file),
      at: receivedAt,
    })),
  };
}

function refusedEntry(
  kind: FileKind,
  { file, receivedAt }: IncomingFile,
  reason: string,
): DropEntry {
  return {
    sha256: file.sha256,
    name: file.name,
    kind,
    outcome: 'rejected',
    dataAt: null,
    receivedAt,
    accepted: 0,
    identifiersIgnored: 0,
    rejections: [{ source: labelOf(file), line: null, field: null, reason, at: receivedAt }],
  };
}
