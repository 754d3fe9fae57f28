import { municipalities } from '@tavolo/schemas';
import { z } from 'zod';
import type { RunDocument } from '../run-document.ts';
import {
  demoCriteria,
  demoObjectives,
  demoPractices,
  demoProtocols,
  demoSeats,
} from './demo-table.ts';

const withId = z.object({ id: z.string() });

/**
 * The register of the invented table, written by its coordinator through the gateway like any other. `today`
 * (`YYYY-MM-DD`) is the demo's: the table met in the two months before it.
 */
export async function keepTable(run: RunDocument, today: string): Promise<void> {
  let written = 0;
  const change = (name: string, input: object) => {
    written += 1;
    // The same at each start: one that was cut short is taken up where it stopped.
    return run(name, { clientKey: `demo-table-${written}`, input });
  };
  const changeOf = async (name: string, input: object) => {
    const [changed] = Object.values(await change(name, input));
    return withId.parse(changed).id;
  };
  const year = Number(today.slice(0, 4));
  const founded = `${year - 1}-01-01`;

  const seats = new Map<string, string>();
  for (const { key, ...seat } of demoSeats) {
    seats.set(key, await changeOf('add-seat', { ...seat, from: founded }));
  }
  const seatIds = [...seats.values()];
  const seatOf = (key: string) => seats.get(key) ?? '';

  await keepRules(change, { founded });
  await change('set-cadence-rule', {
    level: 'TECHNICAL_OPERATIONAL',
    every: 2,
    unit: 'MONTH',
    reading: 'bimensile, letto come ogni due mesi',
    validFrom: founded,
  });
  for (const protocol of demoProtocols) {
    const protocolId = await changeOf('draft-protocol', {
      ...protocol,
      ownerSeatId: seatOf('ciac'),
    });
    await change('sign-protocol', {
      protocolId,
      signedOn: founded,
      signatories: seatIds.map((seatId) => ({ seatId })),
    });
    await change('put-protocol-in-force', { protocolId, validFrom: founded });
  }
  for (const criterion of demoCriteria) {
    await change('adopt-criterion', {
      ...criterion,
      adoptedOn: founded,
      reviewOn: `${year + 1}-01-31`,
    });
  }
  for (const objective of demoObjectives) {
    await change('set-objective', { ...objective, year, dueOn: `${year}-12-31` });
  }
  for (const practice of demoPractices) {
    await change('publish-good-practice', { ...practice, seatId: seatOf('ciac') });
  }
  for (const [index, daysAgo] of [60, 12].entries()) {
    await keepMeeting(changeOf, change, {
      heldAt: `${dayBefore(today, daysAgo)}T08:30:00Z`,
      seatIds,
      // One node in seven stayed away, another one each time.
      attendance: seatIds.map((seatId, at) => ({ seatId, attended: at % 7 !== index })),
    });
  }
}

/** The rules of the three protocols: versions that anybody at the table may read. */
async function keepRules(
  change: (name: string, input: object) => Promise<unknown>,
  { founded }: { readonly founded: string },
): Promise<void> {
  const adopted = { adoptedOn: founded, validFrom: founded };
  await change('adopt-immediate-reception-rule', {
    ...adopted,
    acceptanceHours: 48,
    firstInterventionHours: 12,
    firstInterventionFrom: 'RECEPTION_START',
    maximumDays: 90,
  });
  await change('adopt-domicile-rule', {
    ...adopted,
    kind: 'BY_POPULATION',
    answerDays: 7,
    municipalities: municipalities.map(({ istatCode }) => ({ istatCode })),
    merged: [],
  });
  await change('adopt-priority-criteria', {
    ...adopted,
    criteria: [
      { id: 'WAITING_WEEKS', weight: 1, cap: 26 },
      { id: 'ART17_VULNERABILITY', weight: 12, cap: 12 },
      { id: 'WITHOUT_RECEPTION', weight: 10, cap: 10 },
      { id: 'IMMEDIATE_RECEPTION_ENDING', weight: 8, cap: 8 },
      { id: 'HOUSEHOLD_SIZE', weight: 1, cap: 4 },
      { id: 'NOT_FOLLOWED_BY', weight: 2, cap: 6 },
    ],
    tieBreak: 'LONGEST_WAIT_THEN_LOT',
    restrictedPeopleRule: 'RESERVED_PLACES',
    reservedPlaces: 2,
    eligibleReceptionTypes: ['CAS', 'IMMEDIATE_RECEPTION'],
    demandValidDays: 365,
    offerValidDays: 7,
  });
}

async function keepMeeting(
  changeOf: (name: string, input: object) => Promise<string>,
  change: (name: string, input: object) => Promise<unknown>,
  {
    heldAt,
    seatIds,
    attendance,
  }: {
    readonly heldAt: string;
    readonly seatIds: readonly string[];
    readonly attendance: readonly object[];
  },
): Promise<void> {
  const meetingId = await changeOf('plan-meeting', {
    level: 'TECHNICAL_OPERATIONAL',
    plannedAt: heldAt,
    seatIds,
    agenda: ['Turni di domicilio', 'Lista delle priorità', 'Cifre del trimestre'],
  });
  await change('hold-meeting', { meetingId, heldAt });
  await change('record-attendance', { meetingId, attendance });
  await change('record-decision', {
    meetingId,
    text: 'Si conferma la versione in vigore dei criteri di priorità',
  });
}

function dayBefore(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - days);
  return date.toISOString().slice(0, 10);
}
