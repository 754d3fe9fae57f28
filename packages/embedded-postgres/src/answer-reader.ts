/** What matters of a backend's answer, whose bytes may arrive cut anywhere. */
export interface AnswerReader {
  read(chunk: Uint8Array): void;
  /** Of the last ReadyForQuery: `I` idle, `T` in a transaction, `E` in a failed one; null = none since `reset`. */
  readonly status: string | null;
  /** Whether a command since `reset` may have changed the session's settings. */
  readonly hasChangedSettings: boolean;
  reset(): void;
}

const SETTING_TAGS = /^(?:SET|RESET|DISCARD)/;
/** Enough of a message to see its status or the first word of its tag. */
const KEPT_BYTES = 12;

/** Follows the message boundaries of the answers; keeps only the first bytes of each. */
export function createAnswerReader(): AnswerReader {
  let head: number[] = [];
  let toSkip = 0;
  let status: string | null = null;
  let hasChangedSettings = false;

  function finish(): void {
    const type = String.fromCharCode(head[0] ?? 0);
    const text = String.fromCharCode(...head.slice(5));
    if (type === 'Z') status = text.slice(0, 1);
    if (type === 'C' && SETTING_TAGS.test(text)) hasChangedSettings = true;
    head = [];
  }

  return {
    read(chunk) {
      let at = 0;
      while (at < chunk.length) {
        if (head.length >= 5 && toSkip > 0) {
          const taken = Math.min(toSkip, chunk.length - at);
          for (let i = 0; i < taken && head.length < KEPT_BYTES; i += 1)
            head.push(chunk[at + i] ?? 0);
          at += taken;
          toSkip -= taken;
          if (toSkip === 0) finish();
          continue;
        }
        head.push(chunk[at] ?? 0);
        at += 1;
        if (head.length < 5) continue;
        toSkip = Buffer.from(head).readInt32BE(1) - 4;
        if (toSkip === 0) finish();
      }
    },
    get status() {
      return status;
    },
    get hasChangedSettings() {
      return hasChangedSettings;
    },
    reset() {
      status = null;
      hasChangedSettings = false;
    },
  };
}
