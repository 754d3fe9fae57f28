import { randomUUID } from 'node:crypto';
import { beforeAll, expect, inject, it } from 'vitest';
import { type Coordinator, logInCoordinator } from './coordinator.ts';
import { nextWeek } from './next-week.ts';
import { waitForFacts } from './wait-for-facts.ts';

const hub = inject('sharedHub');
const year = 2026;
let coordinator: Coordinator;
beforeAll(async () => {
  coordinator = await logInCoordinator(hub);
  await waitForFacts(coordinator);
});

interface Meeting {
  readonly id: string;
  readonly state: string;
  readonly decisions: readonly { readonly text: string }[];
  readonly invitations: readonly { readonly attended: boolean | null }[];
}

interface Entry {
  readonly code: string;
  readonly rank: number;
  readonly score: number;
  readonly state: string;
  readonly components: readonly { readonly criterion: string; readonly points: number }[] | null;
}

interface PriorityList {
  readonly id: string;
  readonly reservedPlaces: number;
  readonly entries: { readonly nodes: readonly Entry[] };
}

it('a coordinator prepares a meeting, makes the list, gives the turns, records the decisions and signs the report', async () => {
  // Prepare.
  const seats = await coordinator.run<{ seats: { nodes: readonly { id: string }[] } }>(
    'table-seats',
    { first: 50 },
  );
  const seatIds = seats.data.seats.nodes.map(({ id }) => id);
  expect(seatIds.length).toBeGreaterThanOrEqual(15);
  const planned = await coordinator.change<Meeting>('plan-meeting', {
    level: 'ORGANISATIONAL',
    plannedAt: `${year}-11-20T08:30:00Z`,
    seatIds,
    agenda: ['Lista delle priorità', 'Turni di domicilio'],
  });
  expect(planned.state).toBe('PLANNED');

  // The list of a week, for a district.
  const prepared = await coordinator.change<PriorityList>('prepare-priority-list', {
    district: 'PARMA',
    isoWeek: nextWeek,
  });
  await coordinator.change('publish-priority-list', { listId: prepared.id });
  const list = await coordinator.run<{ priorityList: PriorityList }>('priority-list', {
    district: 'PARMA',
    isoWeek: nextWeek,
  });
  expect(list.errors).toBeUndefined();
  const entries = list.data.priorityList.entries.nodes;
  expect(entries.length).toBeGreaterThan(1);
  expect(list.data.priorityList.reservedPlaces).toBe(2);
  for (const entry of entries) {
    const points = (entry.components ?? []).reduce((sum, component) => sum + component.points, 0);
    expect(points).toBeCloseTo(entry.score, 6);
  }
  expect(entries.map(({ rank }) => rank)).toEqual(entries.map((_, index) => index + 1));
  const [first, second] = entries;
  const offered = await coordinator.change<Entry>('offer-place', { code: first?.code });
  expect(offered.state).toBe('OFFERED');
  await coordinator.change('record-refusal', { code: first?.code, reason: 'DISTANCE' });
  await coordinator.change('offer-place', { code: second?.code });
  const placed = await coordinator.change<Entry>('record-placement', { code: second?.code });
  expect(placed.state).toBe('PLACED');
  const again = await coordinator.run<{
    reproducePriorityList: { isReproducible: boolean; differences: number };
  }>('reproduce-priority-list', { id: prepared.id });
  expect(again.data.reproducePriorityList).toMatchObject({ isReproducible: true, differences: 0 });

  // The turns.
  const rota = await coordinator.run<{
    domicileRota: { next: { position: number; municipality: { istatCode: string } } };
  }>('domicile-rota', { year });
  const { next } = rota.data.domicileRota;
  const turn = await coordinator.change<{ id: string; state: string }>('offer-domicile-turn', {
    year,
    position: next.position,
  });
  await coordinator.change('accept-domicile-turn', { turnId: turn.id });
  const used = await coordinator.change<{ state: string }>('record-domicile-use', {
    turnId: turn.id,
    from: '2026-11-21',
  });
  expect(used.state).toBe('USED');

  // The meeting, and what it decided.
  const meetingId = planned.id;
  await coordinator.change('hold-meeting', { meetingId, heldAt: `${year}-11-20T08:30:00Z` });
  await coordinator.change('record-attendance', {
    meetingId,
    attendance: seatIds.map((seatId, index) => ({ seatId, attended: index > 0 })),
  });
  const decided = await coordinator.change<Meeting>('record-decision', {
    meetingId,
    text: 'Si conferma il turno offerto',
  });
  expect(decided.decisions.map(({ text }) => text)).toEqual(['Si conferma il turno offerto']);
  expect(decided.invitations.filter(({ attended }) => attended === false)).toHaveLength(1);

  // The report.
  const { version, sha256 } = await coordinator.change<{ version: number; sha256: string }>(
    'freeze-yearly-report',
    { year },
  );
  await coordinator.change('sign-yearly-report', { year, version });
  const report = await coordinator.run<{
    yearlyReport: { sha256: string; pdfBase64: string; csv: string; json: string };
  }>('yearly-report', { year, version });
  expect(report.data.yearlyReport.sha256).toBe(sha256);
  expect(Buffer.from(report.data.yearlyReport.pdfBase64, 'base64').subarray(0, 5).toString()).toBe(
    '%PDF-',
  );
  const verified = await coordinator.run<{
    yearlyReport: { verification: { isIntact: boolean } };
  }>('verify-yearly-report', { year, version });
  expect(verified.data.yearlyReport.verification.isIntact).toBe(true);
});

it('a change sent twice is made once, and its key says no to another change', async () => {
  const clientKey = randomUUID();
  const input = {
    level: 'POLITICAL',
    plannedAt: `${year}-12-10T09:00:00Z`,
    agenda: ['Una volta sola'],
  };
  const once = await coordinator.change<Meeting>('plan-meeting', input, clientKey);
  const twice = await coordinator.change<Meeting>('plan-meeting', input, clientKey);
  expect(twice.id).toBe(once.id);
  await expect(
    coordinator.change('plan-meeting', { ...input, agenda: ['Altro'] }, clientKey),
  ).rejects.toThrow('clientKey was already used for another change');
});

it('two coordinators who offer the same turn at once give it once', async () => {
  const rota = await coordinator.run<{ domicileRota: { next: { position: number } } }>(
    'domicile-rota',
    { year },
  );
  const { position } = rota.data.domicileRota.next;
  const offers = await Promise.allSettled(
    [1, 2].map(() => coordinator.change('offer-domicile-turn', { year, position })),
  );
  expect(offers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});
