/** What came back over HTTP, whatever it was. */
export interface HttpAnswer {
  readonly status: number;
  /** Without parameters, in lower case; empty when there was none. */
  readonly mediaType: string;
  readonly contentEncoding: string | null;
  readonly text: string;
  /** `undefined` = no JSON. */
  readonly json: unknown;
  readonly milliseconds: number;
}

/** No answer that could be read; says in words why, and of which question. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly sent: string;
  readonly reason: 'CONNECTION' | 'TIMEOUT' | 'TOO_LARGE' | 'CANCELLED';

  constructor(sent: string, reason: NoAnswer['reason'], words: string) {
    super(words);
    this.sent = sent;
    this.reason = reason;
  }
}

/** An entry of `errors`, as far as it is of the right form. */
export interface AnswerError {
  readonly message: string | null;
  readonly code: string | null;
  readonly path: readonly (string | number)[] | null;
}

export function dataOf(answer: HttpAnswer): Readonly<Record<string, unknown>> | null {
  const data = isRecord(answer.json) ? answer.json['data'] : undefined;
  return isRecord(data) ? data : null;
}

export function errorsOf(answer: HttpAnswer): readonly AnswerError[] {
  const errors = isRecord(answer.json) ? answer.json['errors'] : undefined;
  if (!Array.isArray(errors)) return [];
  return errors.map((error: unknown) => {
    const { message, path, extensions } = isRecord(error) ? error : {};
    const code = isRecord(extensions) ? extensions['code'] : undefined;
    return {
      message: typeof message === 'string' ? message : null,
      code: typeof code === 'string' ? code : null,
      path: isPath(path) ? path : null,
    };
  });
}

export const hasCode = (answer: HttpAnswer, code: string): boolean =>
  errorsOf(answer).some((error) => error.code === code);

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPath(value: unknown): value is (string | number)[] {
  return (
    Array.isArray(value) &&
    value.every((part) => typeof part === 'string' || typeof part === 'number')
  );
}
