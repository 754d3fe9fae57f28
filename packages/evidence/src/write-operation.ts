import { isFieldCoordinate, isRegistryId } from '@tavolo/access-model';
import { type AppendedRecord, type OperationRecord, operationRecord } from './evidence-record.ts';
import { forms, longest } from './text-forms.ts';

/**
 * The canonical JSON (RFC 8785) of a record that `operationRecord` would read, in a tenth of the time that reading and
 * writing it takes; `undefined` for any other. Every text is held against its form, and each form is of characters that
 * JSON writes as they stand. What is not a field of a record has no place in the text.
 */
export function writeOperation(record: AppendedRecord): string | undefined {
  if (record.kind !== 'operation' || !hasFields(record, fieldCount)) return undefined;
  const { cost, refusal, clientIp, cellsSuppressed, coordinateCount, durationMs } = record;
  const { httpStatus, method, outcome, persons, rows, withheld, purposeVersion } = record;
  if (!methods.has(method) || !outcomes.has(outcome)) return undefined;
  if (!isCount(cellsSuppressed) || !isCount(coordinateCount) || !isCount(rows)) return undefined;
  if (!isCount(persons) || !isCount(withheld) || !isMilliseconds(durationMs)) return undefined;
  if (!isCount(httpStatus) || httpStatus < 100 || httpStatus > 599) return undefined;
  if (purposeVersion !== null && (!isCount(purposeVersion) || purposeVersion < 1)) return undefined;
  const at = ofForm(record.at, forms.moment);
  const clientId = nullable(record.clientId, forms.opaque, longest.opaque);
  const ip = clientIp === null ? 'null' : writeIp(clientIp);
  const coordinates = writeCoordinates(record.coordinates);
  const costs = writeCost(cost);
  const documentHash = nullable(record.documentHash, forms.sha256, 64);
  const operationName = nullable(record.operationName, forms.operationName, 64);
  const organisation = writeId(record.organisation);
  const purposeId = writeId(record.purposeId);
  const because = refusal === null ? 'null' : writeRefusal(refusal);
  const requestId = ofForm(record.requestId, forms.requestId);
  const subgraphs = writeCalls(record.subgraphs);
  const uri = ofForm(record.uri, forms.uri, longest.uri);
  const user = nullable(record.user, forms.opaque, longest.pseudonym);
  if (at === undefined || clientId === undefined || ip === undefined) return undefined;
  if (coordinates === undefined || costs === undefined || documentHash === undefined) {
    return undefined;
  }
  if (operationName === undefined || organisation === undefined || purposeId === undefined) {
    return undefined;
  }
  if (because === undefined || requestId === undefined || subgraphs === undefined) return undefined;
  if (uri === undefined || user === undefined) return undefined;
  return `{"at":${at},"cellsSuppressed":${cellsSuppressed},"clientId":${clientId},"clientIp":${ip},"coordinateCount":${coordinateCount},"coordinates":${coordinates},"cost":${costs},"documentHash":${documentHash},"durationMs":${durationMs},"httpStatus":${httpStatus},"kind":"operation","method":"${method}","operationName":${operationName},"organisation":${organisation},"outcome":"${outcome}","persons":${persons},"purposeId":${purposeId},"purposeVersion":${purposeVersion},"refusal":${because},"requestId":${requestId},"rows":${rows},"subgraphs":${subgraphs},"uri":${uri},"user":${user},"withheld":${withheld}}`;
}

const { shape } = operationRecord;
const fieldCount = Object.keys(shape).length;
const methods: ReadonlySet<unknown> = new Set(shape.method.options);
const outcomes: ReadonlySet<unknown> = new Set(shape.outcome.options);

function hasFields(value: unknown, count: number): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === count;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isMilliseconds(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= longest.milliseconds;
}

function ofForm(value: unknown, form: RegExp, most = 64): string | undefined {
  return typeof value === 'string' && value.length <= most && form.test(value)
    ? `"${value}"`
    : undefined;
}

function nullable(value: unknown, form: RegExp, most: number): string | undefined {
  return value === null ? 'null' : ofForm(value, form, most);
}

function writeId(value: unknown): string | undefined {
  if (value === null) return 'null';
  return isRegistryId(value) ? `"${value}"` : undefined;
}

/** As nearly every server is reached; of other addresses the schema has the word. */
const usualIp =
  /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/u;

function writeIp(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return usualIp.test(value) || shape.clientIp.safeParse(value).success
    ? JSON.stringify(value)
    : undefined;
}

/** Lists that cannot change any more, written once: those of one operation are the same list at every request. */
const writtenLists = new WeakMap<readonly unknown[], string>();

function writeCoordinates(list: readonly unknown[]): string | undefined {
  const known = writtenLists.get(list);
  if (known !== undefined) return known;
  if (!Array.isArray(list) || list.length > longest.coordinates) return undefined;
  let text = '';
  for (const coordinate of list) {
    if (!isFieldCoordinate(coordinate)) return undefined;
    text += text === '' ? `"${coordinate}"` : `,"${coordinate}"`;
  }
  const written = `[${text}]`;
  if (Object.isFrozen(list)) writtenLists.set(list, written);
  return written;
}

function writeCalls(calls: OperationRecord['subgraphs']): string | undefined {
  if (!Array.isArray(calls) || calls.length > longest.subgraphs) return undefined;
  let text = '';
  for (const call of calls) {
    if (!hasFields(call, 3)) return undefined;
    const { ms, subgraph, status } = call;
    if (!isMilliseconds(ms) || !isRegistryId(subgraph)) return undefined;
    const told = ofForm(status, forms.status);
    if (told === undefined) return undefined;
    const written = `{"ms":${ms},"status":${told},"subgraph":"${subgraph}"}`;
    text += text === '' ? written : `,${written}`;
  }
  return `[${text}]`;
}

function writeCost(cost: OperationRecord['cost']): string | undefined {
  if (!hasFields(cost, 2)) return undefined;
  const { counted, estimated } = cost;
  if (!isCost(counted) || !isCost(estimated)) return undefined;
  return `{"counted":${counted},"estimated":${estimated}}`;
}

function isCost(value: unknown): boolean {
  return value === null || (Number.isFinite(value) && (value as number) >= 0);
}

function writeRefusal(refusal: NonNullable<OperationRecord['refusal']>): string | undefined {
  if (!hasFields(refusal, 3)) return undefined;
  const code = ofForm(refusal.code, forms.code);
  const reason = nullable(refusal.reason, forms.code, 64);
  const { coordinate } = refusal;
  if (code === undefined || reason === undefined) return undefined;
  if (coordinate !== null && !isFieldCoordinate(coordinate)) return undefined;
  const place = coordinate === null ? 'null' : `"${coordinate}"`;
  return `{"code":${code},"coordinate":${place},"reason":${reason}}`;
}
