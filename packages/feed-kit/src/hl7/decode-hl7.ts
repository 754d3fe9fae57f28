import iconv from 'iconv-lite';

/** What a receiver can say of a message it cannot read: the field at fault and why, never the value. */
export interface Hl7Problem {
  /** `MSH-18`, `PID-3`, …; null when the fault is not in one field. */
  readonly field: string | null;
  readonly reason: string;
}

/** Raised by the readers of this folder; its message names the field and never repeats a value. */
export class Hl7Error extends Error {
  readonly field: string | null;

  constructor(field: string | null, reason: string) {
    super(reason);
    this.name = 'Hl7Error';
    this.field = field;
  }
}

/** HL7 table 0211 (and the spellings seen in the field) to the names `iconv-lite` knows. */
const CHARACTER_SETS: ReadonlyMap<string, string> = new Map([
  ['ASCII', 'ascii'],
  ['8859/1', 'iso-8859-1'],
  ['8859/2', 'iso-8859-2'],
  ['8859/9', 'iso-8859-9'],
  ['8859/15', 'iso-8859-15'],
  ['ISO-8859-1', 'iso-8859-1'],
  ['ISO-8859-15', 'iso-8859-15'],
  ['WINDOWS-1252', 'windows-1252'],
  ['CP1252', 'windows-1252'],
  ['UNICODE UTF-8', 'utf-8'],
  ['UNICODE', 'utf-8'],
  ['UTF-8', 'utf-8'],
]);

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Decodes a message by the character set its own MSH-18 declares; without one, ISO-8859-1, which is what
 * Italian hospital systems send when they say nothing. Throws `Hl7Error` on MSH-18 when the set is unknown
 * or the bytes contradict it.
 */
export function decodeHl7(bytes: Buffer): string {
  const declared = declaredCharacterSet(bytes);
  if (declared === '') return iconv.decode(bytes, 'iso-8859-1');
  const encoding = CHARACTER_SETS.get(declared.toUpperCase());
  if (encoding === undefined) throw new Hl7Error('MSH-18', 'character set is not supported');
  if (encoding === 'ascii') {
    if (bytes.some((byte) => byte > 0x7f)) throw new Hl7Error('MSH-18', 'bytes are not ASCII');
    return bytes.toString('latin1');
  }
  if (encoding !== 'utf-8') return iconv.decode(bytes, encoding);
  try {
    return strictUtf8.decode(bytes);
  } catch {
    throw new Hl7Error('MSH-18', 'bytes are not UTF-8');
  }
}

/** The header is read as ISO-8859-1, which any of the supported sets agrees with for its delimiters. */
function declaredCharacterSet(bytes: Buffer): string {
  const header =
    bytes
      .subarray(0, 2048)
      .toString('latin1')
      .split(/[\r\n]/, 1)[0] ?? '';
  const fieldSeparator = header.charAt(3);
  if (!header.startsWith('MSH') || fieldSeparator === '') return '';
  const repetitionSeparator = header.charAt(5);
  const field = header.split(fieldSeparator)[17] ?? '';
  const first = repetitionSeparator === '' ? field : field.split(repetitionSeparator)[0];
  return (first ?? '').trim();
}
