export { type CsvFormat, type CsvRow, readCsvRows } from './csv-rows.ts';
export type { FeedEncoding } from './decode-text.ts';
export type { DropFolder, DropFolderOptions, DropOutcome, DroppedFile } from './drop-folder.ts';
export { startDropFolder } from './drop-folder.ts';
export { FeedFileError, type FeedFileErrorCode } from './feed-file-error.ts';
export { feedFileLabel } from './feed-file-label.ts';
export type { FeedRejection } from './feed-rejection.ts';
export { decodeHl7, Hl7Error, type Hl7Problem } from './hl7/decode-hl7.ts';
export {
  type AcknowledgementAnswer,
  type AcknowledgementCode,
  buildHl7Acknowledgement,
  readHl7Acknowledgement,
  readHl7Header,
} from './hl7/hl7-acknowledgement.ts';
export { type Hl7BatchMessage, readHl7Batch } from './hl7/hl7-batch.ts';
export {
  type Hl7MessageView,
  type Hl7Repetition,
  type Hl7SegmentView,
  readHl7Message,
} from './hl7/hl7-message.ts';
export { readHl7Date, readHl7Timestamp } from './hl7/hl7-timestamp.ts';
export {
  connectMllpSender,
  type MllpSender,
  type MllpSenderOptions,
  sendMllpFile,
} from './hl7/mllp-sender.ts';
export {
  type MllpListener,
  type MllpListenerOptions,
  startMllpListener,
} from './hl7/start-mllp-listener.ts';
export { type FeedDatabase, openFeedDatabase } from './open-feed-database.ts';
export { prepareSql, type Sql, type SqlValue } from './prepare-sql.ts';
export { readSheets } from './xlsx/read-sheets.ts';
export {
  type CellValue,
  defaultWorkbookLimits,
  type Sheet,
  type SheetRow,
  type WorkbookLimits,
} from './xlsx/sheet.ts';
