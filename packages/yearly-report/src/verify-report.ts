import { canonicalJson } from './canonical-json.ts';
import { combineCells } from './combine-cells.ts';
import type { ReportPublicKey } from './report-key.ts';
import { type ReportOutputs, renderOutputs, sealOf } from './seal-report.ts';
import { openSignature, type ReportSeal } from './sign-report.ts';
import { type ReportSnapshot, rendererVersion, reportSnapshot } from './snapshot.ts';

/** What is looked at, one after another. */
export const reportChecks = [
  'SNAPSHOT',
  'HASHES',
  'FIGURES',
  'OUTPUTS',
  'SIGNATURE',
  'KEY',
] as const;
export type ReportCheck = (typeof reportChecks)[number];

export interface CheckResult {
  readonly check: ReportCheck;
  readonly state: 'PASSED' | 'FAILED' | 'NOT_DONE';
  /** What was found, without any figure. */
  readonly explanation: string;
}

export interface ReportVerdict {
  /** Nothing failed; what was not done is named. */
  readonly isIntact: boolean;
  readonly checks: readonly CheckResult[];
}

/** A report as it lies in a store or on a disk. */
export interface StoredReport extends ReportOutputs {
  /** As noted at the freeze. */
  readonly seal: ReportSeal;
  readonly signature: { readonly jws: string; readonly publicKey: ReportPublicKey } | null;
}

/**
 * Whether a report is what was frozen and signed: hashes, every figure that was made of others, every output
 * made again, and the signature. `currentKey` is the key the hub signs with now, where that is known.
 */
export async function verifyReport(
  report: StoredReport,
  currentKey: ReportPublicKey | null,
): Promise<ReportVerdict> {
  const snapshot = readSnapshot(report.json);
  const checks: CheckResult[] = [
    snapshot === null
      ? failed('SNAPSHOT', 'the JSON is not a snapshot in canonical form')
      : passed('SNAPSHOT', 'the JSON is a snapshot in canonical form'),
    checkHashes(report, snapshot),
    checkFigures(snapshot),
    await checkOutputs(report, snapshot),
    await checkSignature(report),
    checkKey(report.signature?.publicKey ?? null, currentKey),
  ];
  return { isIntact: checks.every(({ state }) => state !== 'FAILED'), checks };
}

function readSnapshot(json: string): ReportSnapshot | null {
  try {
    const snapshot = reportSnapshot.parse(JSON.parse(json));
    return canonicalJson(snapshot) === json ? snapshot : null;
  } catch {
    return null;
  }
}

function checkHashes(report: StoredReport, snapshot: ReportSnapshot | null): CheckResult {
  const { seal } = report;
  const actual = sealOf(snapshot ?? seal, report);
  const wrong = (Object.keys(actual) as (keyof ReportSeal)[]).filter(
    (key) => actual[key] !== seal[key],
  );
  return wrong.length === 0
    ? passed('HASHES', 'snapshot and outputs have the hashes noted at the freeze')
    : failed('HASHES', `not as noted at the freeze: ${wrong.join(', ')}`);
}

function checkFigures(snapshot: ReportSnapshot | null): CheckResult {
  if (snapshot === null) return notDone('FIGURES', 'without a snapshot there are no figures');
  const units = new Map(snapshot.indicators.map(({ id, unit }) => [id, unit]));
  const wrong = snapshot.values.filter(({ indicator, cell, combination }) => {
    const unit = units.get(indicator);
    if (unit === undefined) return true;
    if (combination === null) return false;
    const again = combineCells(combination.kind, combination.first, combination.second, unit);
    return canonicalJson(again.cell) !== canonicalJson(cell);
  });
  return wrong.length === 0
    ? passed('FIGURES', 'every figure made of others comes out the same again')
    : failed(
        'FIGURES',
        `come out otherwise: ${wrong.map(({ indicator, area }) => `${indicator} (${area})`).join(', ')}`,
      );
}

async function checkOutputs(
  report: StoredReport,
  snapshot: ReportSnapshot | null,
): Promise<CheckResult> {
  if (snapshot === null) return notDone('OUTPUTS', 'without a snapshot nothing can be made again');
  if (snapshot.rendererVersion !== rendererVersion) {
    return notDone(
      'OUTPUTS',
      `made by renderer ${snapshot.rendererVersion}, this is renderer ${rendererVersion}; their hashes are checked`,
    );
  }
  const again = sealOf(snapshot, await renderOutputs(snapshot));
  const now = sealOf(snapshot, report);
  const wrong = (Object.keys(again) as (keyof ReportSeal)[]).filter(
    (key) => again[key] !== now[key],
  );
  return wrong.length === 0
    ? passed('OUTPUTS', 'all outputs made again from the snapshot are the same, byte by byte')
    : failed('OUTPUTS', `made again, these are others: ${wrong.join(', ')}`);
}

async function checkSignature({ seal, signature }: StoredReport): Promise<CheckResult> {
  if (signature === null) return notDone('SIGNATURE', 'the report is not signed');
  const signed = await openSignature(signature.jws, signature.publicKey);
  return signed !== null && canonicalJson(signed) === canonicalJson(seal)
    ? passed('SIGNATURE', `signed with key ${signature.publicKey.kid}`)
    : failed('SIGNATURE', 'the signature is not of this report');
}

/** A report with its key replaced would verify against itself; only a key known from elsewhere tells. */
function checkKey(key: ReportPublicKey | null, current: ReportPublicKey | null): CheckResult {
  if (key === null || current === null) return notDone('KEY', 'no key to compare with');
  return canonicalJson(key) === canonicalJson(current)
    ? passed('KEY', 'the key is the one the hub signs with')
    : notDone(
        'KEY',
        'signed with another key than the present one: compare it with the one published then',
      );
}

function passed(check: ReportCheck, explanation: string): CheckResult {
  return { check, state: 'PASSED', explanation };
}

function failed(check: ReportCheck, explanation: string): CheckResult {
  return { check, state: 'FAILED', explanation };
}

function notDone(check: ReportCheck, explanation: string): CheckResult {
  return { check, state: 'NOT_DONE', explanation };
}
