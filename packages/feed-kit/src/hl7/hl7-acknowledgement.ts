import type { Hl7Problem } from './decode-hl7.ts';

/** AA accepted and stored; AE understood but not accepted; AR cannot be a message for us (HL7 table 0008). */
export type AcknowledgementCode = 'AA' | 'AE' | 'AR';

export interface AcknowledgementAnswer {
  readonly code: AcknowledgementCode;
  readonly problem?: Hl7Problem;
  /** When the answer was made. */
  readonly at: Date;
  /** Identifies the acknowledgement itself (its own MSH-10). */
  readonly controlId: string;
}

/**
 * Writes the acknowledgement of `message`, whose bytes may be unreadable: sender and receiver are swapped,
 * MSA-2 echoes the control id, ERR names the field and the reason, never a value of the message.
 */
export function buildHl7Acknowledgement(message: Buffer, answer: AcknowledgementAnswer): Buffer {
  const header = readHl7Header(message);
  const stamp = answer.at
    .toISOString()
    .replace(/[-:T]|\.\d+Z$/g, '')
    .concat('+0000');
  const type = header.triggerEvent === '' ? 'ACK' : `ACK^${header.triggerEvent}^ACK`;
  const segments = [
    [
      'MSH',
      '^~\\&',
      header.receivingApplication,
      header.receivingFacility,
      header.sendingApplication,
      header.sendingFacility,
      stamp,
      '',
      type,
      answer.controlId,
      'P',
      '2.5',
      '',
      '',
      '',
      '',
      '',
      'ASCII',
    ],
    ['MSA', answer.code, header.controlId],
  ];
  if (answer.problem) {
    // 207 = application internal error, 101 = required field, 102 = data type error (HL7 table 0357).
    const location = answer.problem.field?.replace('-', '^1^') ?? '';
    segments.push(['ERR', '', location, '102', 'E', '', '', '', plain(answer.problem.reason)]);
  }
  return Buffer.from(`${segments.map((fields) => fields.join('|')).join('\r')}\r`, 'latin1');
}

/** What an acknowledgement says; `code` is null when it isn't one. */
export function readHl7Acknowledgement(bytes: Buffer): {
  code: AcknowledgementCode | null;
  controlId: string;
} {
  const line = bytes
    .toString('latin1')
    .split(/[\r\n]+/)
    .find((segment) => segment.startsWith('MSA|'));
  const [, code = '', controlId = ''] = line?.split('|') ?? [];
  return { code: code === 'AA' || code === 'AE' || code === 'AR' ? code : null, controlId };
}

/** The routing fields of a header, '' where absent; tolerant, since it must serve malformed messages too. */
export function readHl7Header(message: Buffer) {
  const line =
    message
      .subarray(0, 2048)
      .toString('latin1')
      .split(/[\r\n]/, 1)[0] ?? '';
  const isHeader = line.startsWith('MSH') && line.length > 8;
  const fields = isHeader ? line.split(line.charAt(3)) : [];
  const component = isHeader ? line.charAt(4) : '^';
  const field = (number: number) => plain(fields[number - 1] ?? '').slice(0, 180);
  const type = (fields[8] ?? '').split(component);
  return {
    sendingApplication: field(3),
    sendingFacility: field(4),
    receivingApplication: field(5),
    receivingFacility: field(6),
    triggerEvent: /^[A-Z]\d{2}$/.test(type[1] ?? '') ? (type[1] ?? '') : '',
    controlId: field(10),
  };
}

/** Keeps an echoed or written text from forging a field or a segment of the acknowledgement. */
function plain(text: string): string {
  return text.replace(/[^\x20-\x7e]|\|/g, ' ').trim();
}
