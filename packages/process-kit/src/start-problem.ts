/** Why a process cannot start, in words for who starts it: what happened, why, and what to do next. */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';
}

/**
 * The part of an error that may be shown to an operator: our own words, or a system call's code with its
 * port or path; a library's message could quote data and is not shown.
 */
export function describeStartError(error: unknown): string | undefined {
  if (error instanceof StartProblem) return error.message;
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return undefined;
  const place = [
    'port' in error ? `port ${String(error.port)}` : '',
    'path' in error ? String(error.path) : '',
  ].join('');
  const hint = error.code === 'EADDRINUSE' ? ': another process listens there' : '';
  return `${String(error.code)} (${String(error.syscall)}) ${place}${hint}`.trim();
}
