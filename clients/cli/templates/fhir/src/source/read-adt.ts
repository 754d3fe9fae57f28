import { Hl7Message } from '@medplum/core';
import type { Fact } from '../store/feed-writer.ts';
import { type Codes, wordOf } from './codes.ts';
import { toFact } from './to-fact.ts';

/** One HL7 v2 message; `controlId` is unique among all senders. */
export interface AdtMessage {
  readonly controlId: string;
  readonly message: Hl7Message;
  readonly fact: Fact;
}

/** Only these are read: diagnoses, notes and observations never reach the parser. */
const segments = new Set(['MSH', 'EVN', 'PID', 'PV1']);
const statusOf = new Map([
  ['A05', 'PLANNED'],
  ['A01', 'ONGOING'],
  ['A04', 'ONGOING'],
  ['A08', 'ONGOING'],
  ['A03', 'COMPLETED'],
]);
const placeOf = {
  localId: 'PV1-19',
  personLocalId: 'PID-3',
  kind: 'PV1-18',
  status: 'MSH-9',
  startedOn: 'PV1-44',
  endedOn: 'PV1-45',
  district: 'PV1-39',
};

/** An ADT message as an enrolment; null when its header cannot be trusted. A11 takes an enrolment out. */
export function readAdt(bytes: Buffer, codes: Codes): AdtMessage | null {
  const text = bytes.toString('utf8');
  if (!/^MSH\|[^\w\s|]{4}\|/u.test(text)) return null;
  const lines = text.split(/[\r\n]+/u);
  if (lines.filter((line) => line.startsWith('MSH')).length !== 1) return null;
  const message = Hl7Message.parse(
    lines.filter((line) => segments.has(line.slice(0, 3))).join('\r'),
  );
  const value = (segment: string, field: number, component = 1): string =>
    (message.getSegment(segment)?.getComponent(field, component) ?? '').trim();
  const control = value('MSH', 10);
  if (control === '' || control.length > 199) return null;
  const controlId = ['hl7', value('MSH', 3), value('MSH', 4), control].join('|');
  return { controlId, message, fact: factOf(value, codes) };
}

function factOf(
  value: (segment: string, field: number, component?: number) => string,
  codes: Codes,
): Fact {
  const event = value('MSH', 9, 2);
  const recordedAt = toMoment(value('EVN', 2) || value('MSH', 7));
  if (recordedAt === null) return { kind: 'refused', field: 'EVN-2', reason: 'is no moment' };
  const localId = value('PV1', 19);
  if (event === 'A11' && localId !== '') return { kind: 'remove', localId, recordedAt };
  const endedOn = value('PV1', 45) === '' ? null : toDay(value('PV1', 45));
  const status = statusOf.get(event) ?? null;
  return toFact(
    {
      localId,
      personLocalId: value('PID', 3),
      kind: wordOf(codes.kind, value('PV1', 18)),
      status: status === 'ONGOING' && endedOn !== null ? 'COMPLETED' : status,
      startedOn: toDay(value('PV1', 44)),
      endedOn,
      district: wordOf(codes.district, value('PV1', 39)),
    },
    recordedAt,
    placeOf,
  );
}

/** `20261122…` as `2026-11-22`; whether that day exists is judged later. */
function toDay(text: string): string {
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
}

/** Orders messages of one sender; without an offset its clock is read as UTC. */
function toMoment(text: string): string | null {
  const match = /^(\d{8})(\d{2})(\d{2})(\d{2})?(?:\.\d+)?([+-]\d{2})?(\d{2})?$/u.exec(text);
  if (!match) return null;
  const [, day = '', hour = '', minute = '', second = '00', offsetHour, offsetMinute = '00'] =
    match;
  const offset = offsetHour === undefined ? 'Z' : `${offsetHour}:${offsetMinute}`;
  const time = Date.parse(`${toDay(day)}T${hour}:${minute}:${second}${offset}`);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
