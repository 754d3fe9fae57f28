import iconv from 'iconv-lite';

/** MSH-18 as the sending systems write it, with the encoding it stands for. */
export const characterSets = [
  ['UNICODE UTF-8', 'utf-8'],
  ['8859/1', 'iso-8859-1'],
  ['8859/15', 'iso-8859-15'],
  ['WINDOWS-1252', 'windows-1252'],
  // Nothing declared: these systems mean ISO-8859-1.
  ['', 'iso-8859-1'],
] as const;

export type CharacterSet = (typeof characterSets)[number];

/** Segments as lists of fields, `|` between them; field values are escaped where they are made. */
export type Segments = readonly (readonly string[])[];

/** Bytes of a message in its character set; one that cannot hold a name is replaced by UTF-8, as senders do. */
export function encodeMessage(segments: Segments, [declared, encoding]: CharacterSet): Buffer {
  const text = segments.map((fields) => fields.join('|')).join('\r');
  const bytes = iconv.encode(withCharacterSet(text, declared), encoding);
  if (iconv.decode(bytes, encoding) === withCharacterSet(text, declared)) return bytes;
  return iconv.encode(withCharacterSet(text, 'UNICODE UTF-8'), 'utf-8');
}

/** `@CHARSET@` stands in MSH-18 until the message knows how it is written. */
export const characterSetPlace = '@CHARSET@';

function withCharacterSet(text: string, declared: string): string {
  return `${text.replace(characterSetPlace, declared)}\r`;
}

/** HL7 escapes of the five delimiters. */
export function escapeHl7(text: string): string {
  const codes: Readonly<Record<string, string>> = {
    '|': 'F',
    '^': 'S',
    '~': 'R',
    '\\': 'E',
    '&': 'T',
  };
  return text.replace(/[|^~\\&]/g, (char) => `\\${codes[char] ?? ''}\\`);
}

const rome = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Rome',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** Local time of Parma without an offset, except in the hour that a clock change makes ambiguous. */
export function hl7Time(instant: string): string {
  const time = Date.parse(instant);
  const digits = rome.format(time).replace(/\D/g, '');
  if (digits.slice(8, 10) !== '02') return digits;
  return `${new Date(time).toISOString().replace(/\D/g, '').slice(0, 14)}+0000`;
}

export function hl7Day(day: string): string {
  return day.replaceAll('-', '');
}
