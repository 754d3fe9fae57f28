import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { type OperationRecord, openEvidenceLog, verifyEvidence } from '@tavolo/evidence';
import { exportJWK, generateKeyPair } from 'jose';
import type { Benchmark } from '../benchmark.ts';

const RECORDS = 20_000;
/** Operations that wait for their record at the same time. */
const windows = [1, 16, 256] as const;

type Append = (record: OperationRecord) => Promise<void>;

/** Records a second, each acknowledged only when flushed, against one append and one flush for each record. */
export const evidence: Benchmark = async ({ rounds, folder, say }) => {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', {
    crv: 'Ed25519',
    extractable: true,
  });
  const signingKey = { ...(await exportJWK(privateKey)), kid: 'bench' };
  const publicKeys = [{ ...(await exportJWK(publicKey)), kid: 'bench' }];
  const rates = new Map<string, number[]>();
  const note = (name: string, value: number) => {
    rates.set(name, [...(rates.get(name) ?? []), value]);
    say(`evidence: ${name}: ${value.toPrecision(3)}`);
  };
  for (let round = 0; round < rounds; round += 1) {
    for (const window of windows) {
      const place = join(folder, `evidence-${round}-${window}`);
      const records = window === 1 ? RECORDS / 10 : RECORDS;
      const log = await openEvidenceLog({
        folder: place,
        signingKey,
        now: () => new Date(),
        onAlarm: ({ kind, code }) => {
          throw new Error(`the log of the benchmark alarms: ${kind} ${code ?? ''}`);
        },
      });
      const own = await measure((record) => log.append(record), window, records);
      note(`records/s × ${window}`, own.rate);
      note(`µs of CPU × ${window}`, own.cpuMicroseconds);
      await log.close();
      if (window === 256) {
        const startedAt = performance.now();
        const { fault, records: read } = await verifyEvidence(place, { publicKeys });
        if (fault !== null) throw new Error(`the log of the benchmark is broken: ${fault.kind}`);
        note('verified/s', (read * 1000) / (performance.now() - startedAt));
      }
      const plain = await open(join(folder, `plain-${round}-${window}`), 'a');
      let last: Promise<unknown> = Promise.resolve();
      const appendPlainly: Append = (record) => {
        const done = last.then(async () => {
          await plain.write(`${JSON.stringify(record)}\n`);
          await plain.datasync();
        });
        last = done;
        return done;
      };
      note(`plain × ${window}`, (await measure(appendPlainly, window, RECORDS / 10)).rate);
      await plain.close();
    }
  }
  const figures = windows.map((window) => ({
    name: `evidence, ${window} at a time`,
    unit: 'records/s',
    rounds: rates.get(`records/s × ${window}`) ?? [],
    peer: { name: 'append and flush each', rounds: rates.get(`plain × ${window}`) ?? [] },
    ...(window === 256 && { target: { value: 5_000, is: 'at least' as const } }),
  }));
  const cpu = windows.map((window) => ({
    name: `– CPU of a record, ${window} at a time`,
    unit: 'µs',
    rounds: rates.get(`µs of CPU × ${window}`) ?? [],
  }));
  const verified = {
    name: 'evidence verified',
    unit: 'records/s',
    rounds: rates.get('verified/s') ?? [],
  };
  return { figures: [...figures, ...cpu, verified], notes: [] };
};

async function measure(append: Append, window: number, records: number) {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: window }, async () => {
      while (next < records) {
        next += 1;
        await append(recordNumber(next));
      }
    }),
  );
  const used = process.cpuUsage(cpu);
  return {
    rate: (records * 1000) / (performance.now() - startedAt),
    cpuMicroseconds: (used.user + used.system) / records,
  };
}

/** As an operation of the provincial table leaves one: thirty coordinates, five subgraphs. */
function recordNumber(number: number): OperationRecord {
  return {
    kind: 'operation',
    at: new Date().toISOString(),
    uri: '/graphql',
    operationName: 'ProvinceToday',
    documentHash: 'ab'.repeat(32),
    method: 'POST',
    outcome: 'ANSWERED',
    httpStatus: 200,
    refusal: null,
    clientIp: '192.0.2.1',
    organisation: 'comune-di-prova',
    clientId: 'dashboard',
    user: 'pseudonym-1',
    purposeId: 'provincial-table',
    purposeVersion: 3,
    requestId: `request-${number}`,
    coordinates: Array.from({ length: 30 }, (_, place) => `Facility.field${place}`),
    coordinateCount: 30,
    subgraphs: [
      'person-index',
      'reception-centres',
      'health-authority',
      'social-services',
      'volunteer-registry',
    ].map((subgraph) => ({ subgraph, status: 'OK', ms: 12.5 })),
    rows: 400,
    persons: 380,
    withheld: 3,
    cellsSuppressed: 2,
    cost: { estimated: 900, counted: 812 },
    durationMs: 214.7,
  };
}
