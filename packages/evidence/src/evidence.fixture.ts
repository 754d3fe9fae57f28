import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type { OperationRecord } from './evidence-record.ts';
import {
  type EvidenceAlarm,
  type EvidenceLogOptions,
  openEvidenceLog,
} from './open-evidence-log.ts';

export async function drawKey(kid = 'evidence-test') {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', {
    crv: 'Ed25519',
    extractable: true,
  });
  const signingKey: JWK = { ...(await exportJWK(privateKey)), kid };
  const verifyingKey: JWK = { ...(await exportJWK(publicKey)), kid };
  return { signingKey, verifyingKey };
}

export function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'tavolo-evidence-'));
}

export async function copyOf(folder: string): Promise<string> {
  const copy = await newFolder();
  await cp(folder, copy, { recursive: true });
  return copy;
}

/** A log of its own key and clock, in a folder of its own. */
export async function openTestLog(options: Partial<EvidenceLogOptions> = {}) {
  const key = options.signingKey === undefined ? await drawKey() : null;
  const folder = options.folder ?? (await newFolder());
  const alarms: EvidenceAlarm[] = [];
  const log = await openEvidenceLog({
    folder,
    signingKey: key?.signingKey ?? {},
    now: () => new Date('2026-11-22T10:00:00Z'),
    onAlarm: (alarm) => alarms.push(alarm),
    ...options,
  });
  return { log, folder, alarms, key: key ?? { signingKey: {}, verifyingKey: {} } };
}

/** An invented operation. */
export function operation(number: number, more: Partial<OperationRecord> = {}): OperationRecord {
  return {
    kind: 'operation',
    at: '2026-11-22T10:00:00.000Z',
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
    coordinates: ['Facility.name', 'Query.facilities'],
    coordinateCount: 2,
    subgraphs: [{ subgraph: 'reception-centres', status: 'OK', ms: 12.5 }],
    rows: 20,
    persons: 0,
    withheld: 0,
    cellsSuppressed: 1,
    cost: { estimated: 25, counted: 21 },
    durationMs: 14.2,
    ...more,
  };
}
