import { characterSets, encodeMessage, type Segments } from './hl7-text.ts';

/** Every way a message is broken on purpose; each is a copy, so the person's figures stay the truth. */
export const dirtyKinds = [
  'malformed-msh',
  'unknown-event',
  'bad-date',
  'wrong-charset',
  'duplicate-control-id',
  'missing-pid-3',
] as const;
export type DirtyKind = (typeof dirtyKinds)[number];

/** A broken copy of a good message, under `controlId`; a duplicate keeps the original's id and content. */
export function breakMessage(kind: DirtyKind, original: Segments, controlId: string): Buffer {
  const utf8 = characterSets[0];
  const [header = [], ...body] = original;
  const renamed = header.map((field, index) => (index === 9 ? controlId : field));
  const change = (name: string, field: number, value: string): Segments =>
    [renamed, ...body].map((segment) =>
      segment[0] === name
        ? segment.map((text, index) => (index === field ? value : text))
        : segment,
    );
  switch (kind) {
    case 'malformed-msh':
      // The field separator got lost on the way.
      return Buffer.from(
        encodeMessage([renamed, ...body], utf8)
          .toString('utf8')
          .replace('MSH|', 'MSH'),
      );
    case 'unknown-event':
      return encodeMessage(change('MSH', 8, 'ADT^A99^ADT_A01'), utf8);
    case 'bad-date':
      return encodeMessage(
        change('EVN', 2, '20261345').map((segment) =>
          segment[0] === 'PV1'
            ? segment.map((text, index) => (index === 44 ? '31/02/2026 10:00' : text))
            : segment,
        ),
        utf8,
      );
    case 'wrong-charset': {
      const bytes = encodeMessage(change('PID', 5, 'NICCOLÒ^À È'), utf8).toString('utf8');
      return Buffer.from(bytes, 'latin1');
    }
    case 'duplicate-control-id':
      return encodeMessage(original, utf8);
    case 'missing-pid-3':
      return encodeMessage(change('PID', 3, ''), utf8);
  }
}
