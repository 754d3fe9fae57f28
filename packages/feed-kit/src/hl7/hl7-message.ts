import { Hl7Message } from '@medplum/core';
import { Hl7Error } from './decode-hl7.ts';

/** One field repetition; components are 1-based as HL7 counts them and come unescaped. */
export interface Hl7Repetition {
  component(number: number): string;
  /** Sub-component of a component, both 1-based; an undivided component is its own first. */
  subcomponent(component: number, number: number): string;
  readonly isEmpty: boolean;
}

export interface Hl7SegmentView {
  readonly name: string;
  repetitions(field: number): readonly Hl7Repetition[];
  /** First component of the first repetition, trimmed and unescaped; '' when absent or explicitly null (`""`). */
  value(field: number, component?: number): string;
}

export interface Hl7MessageView {
  first(segment: string): Hl7SegmentView | undefined;
  all(segment: string): readonly Hl7SegmentView[];
}

/**
 * Reads the segments named in `segments` and nothing else of a message: what isn't asked for (diagnoses,
 * observations, notes) is dropped before parsing. Throws `Hl7Error` for a header that cannot be trusted.
 */
export function readHl7Message(text: string, segments: ReadonlySet<string>): Hl7MessageView {
  const lines = text.split(/[\r\n]+/);
  const header = lines[0] ?? '';
  requireHeader(header);
  const fieldSeparator = header.charAt(3);
  const kept = lines.filter((line, index) => {
    const name = line.split(fieldSeparator, 1)[0] ?? '';
    if (index > 0 && name === 'MSH')
      throw new Hl7Error('MSH', 'more than one header in one message');
    return index === 0 || segments.has(name);
  });
  const message = Hl7Message.parse(kept.join('\r'));
  const unescaped = createUnescape(header);
  const views = message.segments.map((segment) => {
    const repetitions = (field: number): Hl7Repetition[] =>
      // A trailing field a sender left out isn't there at all, whatever the declared type says.
      (
        (segment.getField(field) as (typeof segment.fields)[number] | undefined)?.components ?? []
      ).map((components) =>
        toRepetition(components, message.context.subcomponentSeparator, unescaped),
      );
    return {
      name: segment.name,
      repetitions,
      value: (field: number, component = 1) => repetitions(field)[0]?.component(component) ?? '',
    };
  });
  return {
    first: (name) => views.find((view) => view.name === name),
    all: (name) => views.filter((view) => view.name === name),
  };
}

function toRepetition(
  components: readonly string[],
  subcomponentSeparator: string,
  unescaped: (text: string) => string,
): Hl7Repetition {
  const clean = (text: string) => (text === '""' ? '' : unescaped(text).trim());
  return {
    component: (number) => clean(components[number - 1] ?? ''),
    subcomponent: (component, number) =>
      clean((components[component - 1] ?? '').split(subcomponentSeparator)[number - 1] ?? ''),
    isEmpty: components.every((component) => clean(component) === ''),
  };
}

function requireHeader(header: string): void {
  if (!header.startsWith('MSH')) throw new Hl7Error('MSH', 'message does not start with a header');
  const delimiters = header.slice(3, 8);
  if (delimiters.length < 5 || new Set(delimiters).size < 5 || /[A-Za-z0-9\s]/.test(delimiters)) {
    throw new Hl7Error('MSH-2', 'delimiters are missing or ambiguous');
  }
  if (header.charAt(8) !== header.charAt(3)) {
    throw new Hl7Error('MSH-2', 'delimiters are missing or ambiguous');
  }
}

/** HL7 v2.5 chapter 2.7: `\F\ \S\ \T\ \R\ \E\` stand for the delimiters, `\Xhh..\` for bytes; the rest is formatting. */
function createUnescape(header: string): (text: string) => string {
  const escapeCharacter = header.charAt(6);
  const byCode = new Map([
    ['F', header.charAt(3)],
    ['S', header.charAt(4)],
    ['R', header.charAt(5)],
    ['E', escapeCharacter],
    ['T', header.charAt(7)],
  ]);
  const quoted = escapeCharacter.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const sequence = new RegExp(`${quoted}([^${quoted}]{1,64})${quoted}`, 'g');
  return (text) =>
    text.includes(escapeCharacter)
      ? text.replace(sequence, (_whole, code: string) => {
          if (/^X(?:[0-9A-Fa-f]{2})+$/.test(code)) {
            return Buffer.from(code.slice(1), 'hex').toString('latin1');
          }
          return byCode.get(code) ?? '';
        })
      : text;
}
