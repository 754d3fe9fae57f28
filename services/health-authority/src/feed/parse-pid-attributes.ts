import type { Hl7Repetition, Hl7SegmentView } from '@tavolo/feed-kit';
import type { PersonAttributes } from '@tavolo/linkage';
import { readCountryCode } from './country-code.ts';
import { readBirthDate } from './read-birth-date.ts';
import { readName } from './read-name.ts';

/**
 * PID-5, PID-7, PID-8 and PID-26 for the encoder; what cannot be understood is null and refuses nothing.
 * Race (PID-10) and ethnic group (PID-22) are nobody's business and never read.
 */
export function parsePidAttributes(pid: Hl7SegmentView): PersonAttributes {
  const sex = pid.value(8).toUpperCase();
  return {
    name: readPatientName(pid.repetitions(5)),
    birthDate: readBirthDate(pid.value(7)),
    sex: sex === 'F' || sex === 'M' ? sex : null,
    citizenship: readCitizenship(pid.repetitions(26)),
  };
}

/** The first legal name (XPN-7 `L`), else the first that is one at all. */
function readPatientName(repetitions: readonly Hl7Repetition[]): string | null {
  const legal = repetitions.filter((xpn) => xpn.component(7).toUpperCase() === 'L');
  for (const xpn of [...legal, ...repetitions]) {
    // Of a family name only the surname: what follows it repeats parts of it, or is the partner's.
    const name = readName([xpn.subcomponent(1, 1), xpn.component(2), xpn.component(3)]);
    if (name !== null) return name;
  }
  return null;
}

/** CWE: the code, or the alternative code some systems put beside their own. */
function readCitizenship(repetitions: readonly Hl7Repetition[]): string | null {
  for (const cwe of repetitions) {
    const code = readCountryCode(cwe.component(1)) ?? readCountryCode(cwe.component(4));
    if (code !== null) return code;
  }
  return null;
}
