import type { Dispatcher } from 'undici';
import type { CallDeadline } from './call-deadlines.ts';

/** More than a health page ever says; the rest of a longer one is not read. */
const maxPageBytes = 64 * 1024;

/** The status under which a partner's health page comes; rejects where none comes before the call ends. */
export function readHealthStatus(
  dispatcher: Pick<Dispatcher, 'dispatch'>,
  path: string,
  call: CallDeadline,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const gone = new Error('no health page');
    let started: Dispatcher.DispatchController | undefined;
    let status = 0;
    let size = 0;
    call.onEnd(() => {
      reject(gone);
      started?.abort(gone);
    });
    dispatcher.dispatch(
      { method: 'GET', path },
      {
        onRequestStart(controller) {
          started = controller;
          if (call.ended !== undefined) controller.abort(gone);
        },
        onResponseStart(_controller, statusCode) {
          status = statusCode;
        },
        onResponseData(controller, chunk) {
          size += chunk.length;
          if (size <= maxPageBytes) return;
          resolve(status);
          controller.abort(gone);
        },
        onResponseEnd: () => resolve(status),
        onResponseError: (_controller, error) => reject(error),
      },
    );
  });
}
