import { parentPort } from 'node:worker_threads';
import { FeedFileError, type FeedFileErrorCode } from '../feed-file-error.ts';
import { readWorkbook } from './read-workbook.ts';
import type { Sheet, WorkbookLimits } from './sheet.ts';

/** What the worker is asked, one workbook at a time. */
export interface WorkbookRequest {
  readonly bytes: Uint8Array;
  readonly limits: WorkbookLimits;
}

/** Errors lose their class between threads, so they travel as a code and a text. */
export type WorkbookReply =
  | { readonly kind: 'read'; readonly sheets: readonly Sheet[] }
  | { readonly kind: 'refused'; readonly code: FeedFileErrorCode; readonly message: string };

parentPort?.on('message', (request: WorkbookRequest) => {
  void answer(request).then((reply) => parentPort?.postMessage(reply));
});

async function answer({ bytes, limits }: WorkbookRequest): Promise<WorkbookReply> {
  try {
    const sheets = await readWorkbook(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length),
      limits,
    );
    return { kind: 'read', sheets };
  } catch (error) {
    if (error instanceof FeedFileError) {
      return { kind: 'refused', code: error.code, message: error.message };
    }
    return { kind: 'refused', code: 'MALFORMED', message: 'the workbook cannot be read' };
  }
}
