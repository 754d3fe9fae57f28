import { closeSync, openSync, writeSync } from 'node:fs';
import { createLinkageKey, createRecordEncoder, type RecordToSend } from '@tavolo/linkage';
import { type Registers, TODAY } from './draw-registers.ts';

/** A fixed key, or two runs of one seed would draw other filters. */
const key = createLinkageKey(
  'bench',
  '3d9a41f07be52c886e10d4b95fa2637c08e1bd46972f53ca84601fe7d8b9352e',
);
const RECORDS_AT_A_TIME = 1_000;

export interface Encoded {
  /** Records of people. */
  readonly records: number;
  /** Time in the encoder alone, on one core. */
  readonly seconds: number;
  /** Of the process meanwhile, all threads: what others do on the machine is not in it. */
  readonly cpuSeconds: number;
}

/** Encodes every record of every institution, as it would leave them; a line each into `file`, if there is one. */
export function encodeRegisters({ registers }: Registers, file?: string): Encoded {
  const encoder = createRecordEncoder(key, { latestYear: Number(TODAY.slice(0, 4)) });
  const output = file === undefined ? undefined : openSync(file, 'w');
  let records = 0;
  let milliseconds = 0;
  let cpuMicroseconds = 0;
  for (const { source, people, households } of registers) {
    for (let from = 0; from < people.length; from += RECORDS_AT_A_TIME) {
      const some = people.slice(from, from + RECORDS_AT_A_TIME);
      const startedAt = performance.now();
      const cpuAtStart = process.cpuUsage();
      const encoded = some.map((person) => encoder.person(person));
      const { user, system } = process.cpuUsage(cpuAtStart);
      milliseconds += performance.now() - startedAt;
      cpuMicroseconds += user + system;
      records += encoded.length;
      if (output !== undefined) writeSync(output, linesOf(source, encoded));
    }
    const encoded = households.map((household) => encoder.household(household));
    if (output !== undefined) writeSync(output, linesOf(source, encoded));
  }
  if (output !== undefined) closeSync(output);
  return { records, seconds: milliseconds / 1000, cpuSeconds: cpuMicroseconds / 1e6 };
}

function linesOf(source: string, records: readonly (RecordToSend | null)[]): string {
  return records
    .map((record) => {
      if (record === null) throw new Error('The encoder refuses a record of the demo province');
      return `{"source":"${source}","subject":"${record.subject}","record":${record.json}}\n`;
    })
    .join('');
}
