export { type CsvFormat, type CsvRow, readCsvRows } from './csv-rows.ts';
export type { FeedEncoding } from './decode-text.ts';
export type { DropFolder, DropFolderOptions, DropOutcome, DroppedFile } from './drop-folder.ts';
export { startDropFolder } from './drop-folder.ts';
export { FeedFileError, type FeedFileErrorCode } from './feed-file-error.ts';
export type { FeedRejection } from './feed-rejection.ts';
export { type FeedDatabase, openFeedDatabase } from './open-feed-database.ts';
