import { randomUUID } from 'node:crypto';
import type { FeedWriter } from '../store/feed-writer.ts';
import type { Codes } from './codes.ts';
import { readAdt } from './read-adt.ts';

/**
 * Answers one message, after it was stored: AA = taken (or taken before), AE = kept in quarantine, the reason named;
 * AR = no message that could be kept. When storing throws nothing is answered, and the sender sends again.
 */
export function createHl7Intake(
  writer: FeedWriter,
  codes: Codes,
  now: () => Date,
): (bytes: Buffer) => Promise<Buffer> {
  return async (bytes) => {
    const read = readAdt(bytes, codes);
    if (read === null) return acknowledge('AR', null, now());
    const stored = writer.store({ controlId: read.controlId, body: bytes }, read.fact);
    if (stored !== 'quarantined') return acknowledge('AA', bytes, now());
    const field = read.fact.kind === 'refused' ? read.fact.field : 'MSH-10';
    return acknowledge('AE', bytes, now(), field);
  };
}

/** Sender and receiver change places; nothing of the message is told back but its control id. */
function acknowledge(
  code: 'AA' | 'AE' | 'AR',
  message: Buffer | null,
  at: Date,
  field?: string,
): Buffer {
  const head =
    message
      ?.subarray(0, 2_048)
      .toString('utf8')
      .split(/[\r\n]/u, 1)[0] ?? '';
  const fields = head.split('|').map((text) => text.replace(/[^\x20-\x7e]/gu, ' ').slice(0, 199));
  const [, , application = '', facility = '', toApplication = '', toFacility = ''] = fields;
  const stamp = at.toISOString().replace(/[-:T]|\.\d+Z$/gu, '');
  const lines = [
    [
      'MSH',
      '^~\\&',
      toApplication,
      toFacility,
      application,
      facility,
      `${stamp}+0000`,
      '',
      'ACK',
      randomUUID().slice(0, 20),
      'P',
      '2.5',
    ],
    ['MSA', code, fields[9] ?? ''],
    ...(field === undefined ? [] : [['ERR', '', field.replace('-', '^1^'), '102', 'E']]),
  ];
  return Buffer.from(lines.map((line) => `${line.join('|')}\r`).join(''));
}
