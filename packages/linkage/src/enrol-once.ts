import { createEnrolmentClient, type EnrolmentClientOptions } from './enrolment-client.ts';
import type { EnrolmentSubject } from './enrolment-wire.ts';
import type { RecordToSend } from './record-types.ts';
import { readLedger, type SynchroniseOutcome, synchronise } from './synchronise.ts';

export interface EnrolOnceOptions extends EnrolmentClientOptions {
  /** Everybody the institution knows, encoded; read twice for each subject. */
  readonly records: (subject: EnrolmentSubject) => AsyncIterable<RecordToSend>;
  /** Asked before anything is sent: records the index holds, and those of them that would go. */
  readonly mayRemove: (held: number, gone: number) => boolean;
}

export type EnrolOnceOutcome =
  | { readonly kind: 'refused'; readonly held: number; readonly gone: number }
  | ({ readonly kind: 'enrolled' } & Readonly<Record<EnrolmentSubject, SynchroniseOutcome>>);

const subjects = ['people', 'households'] as const;

/** Makes the index equal to what one institution knows now; nothing is sent when too many records would go. */
export async function enrolOnce(options: EnrolOnceOptions): Promise<EnrolOnceOutcome> {
  const client = createEnrolmentClient(options);
  try {
    const ledger = await readLedger(client);
    let held = 0;
    let kept = 0;
    for (const subject of subjects) {
      held += ledger[subject].size;
      for await (const { sectorKey } of options.records(subject)) {
        if (ledger[subject].has(sectorKey)) kept += 1;
      }
    }
    const gone = held - kept;
    if (!options.mayRemove(held, gone)) return { kind: 'refused', held, gone };
    const send = (subject: EnrolmentSubject) =>
      synchronise(client, ledger, subject, options.records(subject), options.signal);
    // A household names people: they go first.
    const people = await send('people');
    return { kind: 'enrolled', people, households: await send('households') };
  } finally {
    await client.close();
  }
}
