import type { ErrorModel } from '../error-model.ts';
import type { createCodiceFiscaleMaker } from '../identifiers/invented-codice-fiscale.ts';
import {
  inventedCui,
  inventedEni,
  inventedPermit,
  inventedProvisionalCodiceFiscale,
  inventedStp,
  inventedVestanet,
} from '../identifiers/marked-identifiers.ts';
import { citizenshipsOfTheUnion, type Origin } from '../origins.ts';
import { at, type Random } from '../random.ts';
import { dayMs, isoDay } from '../time.ts';
import type { Institution, WorldIdentifier } from '../world.ts';
import type { TrueIdentity } from './write-down.ts';

/** Counts the identifiers handed out, one series each. */
export interface IdentifierOffice {
  readonly codiceFiscale: ReturnType<typeof createCodiceFiscaleMaker>;
  next(series: 'cui' | 'vestanet' | 'permit' | 'health' | 'provisional'): number;
}

interface Holder {
  readonly identity: TrueIdentity;
  readonly origin: Origin;
  readonly sex: 'F' | 'M';
  readonly ageAtArrival: number;
  readonly arrivedMs: number;
}

const halfYearDays = 182;
/** Fingerprints are taken from this age on (Eurodac regulation of 2024). */
const fingerprintedFrom = 6;

/** Everything the offices gave this person, known to an institution or not. */
export function drawIdentifiers(
  random: Random,
  office: IdentifierOffice,
  holder: Holder,
  nowMs: number,
): WorldIdentifier[] {
  const { arrivedMs, origin } = holder;
  const identifiers: WorldIdentifier[] = [];
  const definitiveMs = Math.min(arrivedMs + random.integer(30, 150) * dayMs, nowMs);
  const kind = random.weighted([
    ['DEFINITIVE', 53],
    ['BOTH', 35],
    ['PROVISIONAL', 12],
  ] as const);
  if (kind !== 'DEFINITIVE') {
    identifiers.push({
      kind: 'CF_PROVISIONAL',
      value: inventedProvisionalCodiceFiscale(office.next('provisional')),
      validFrom: isoDay(arrivedMs),
      ...(kind === 'BOTH' ? { validTo: isoDay(Math.max(arrivedMs, definitiveMs - dayMs)) } : {}),
    });
  }
  if (kind !== 'PROVISIONAL') {
    identifiers.push({
      kind: 'CF',
      value: office.codiceFiscale({
        familyName: at(holder.identity.family, 0),
        givenName: at(holder.identity.given, 0),
        sex: holder.sex,
        birthMs: holder.identity.birthMs,
        belfioreCode: origin.belfioreCode,
      }),
      validFrom: isoDay(definitiveMs),
    });
  }
  if (holder.ageAtArrival >= fingerprintedFrom) {
    identifiers.push({
      kind: 'CUI',
      value: inventedCui(office.next('cui')),
      validFrom: isoDay(arrivedMs),
    });
  }
  const seeksAsylum =
    origin.citizenship !== 'UA' && !citizenshipsOfTheUnion.has(origin.citizenship);
  if (seeksAsylum && random.chance(0.95)) {
    identifiers.push({
      kind: 'VESTANET',
      value: inventedVestanet(office.next('vestanet')),
      validFrom: isoDay(Math.min(nowMs, arrivedMs + random.integer(3, 45) * dayMs)),
    });
  }
  return [
    ...identifiers,
    ...healthCodes(random, office, holder, nowMs),
    ...permits(random, office, holder, nowMs),
  ];
}

/** STP or ENI, renewed every six months until the health service enrols the person. */
function healthCodes(
  random: Random,
  office: IdentifierOffice,
  { origin, arrivedMs }: Holder,
  nowMs: number,
): WorldIdentifier[] {
  if (!random.chance(0.8)) return [];
  const union = citizenshipsOfTheUnion.has(origin.citizenship);
  const enrolledMs = Math.min(nowMs, arrivedMs + random.integer(60, 700) * dayMs);
  const codes: WorldIdentifier[] = [];
  for (
    let fromMs = arrivedMs;
    fromMs <= enrolledMs;
    fromMs += (halfYearDays + random.integer(0, 20)) * dayMs
  ) {
    const serial = office.next('health');
    codes.push({
      kind: union ? 'ENI' : 'STP',
      value: union ? inventedEni(serial) : inventedStp(serial),
      validFrom: isoDay(fromMs),
      validTo: isoDay(fromMs + (halfYearDays - 1) * dayMs),
    });
  }
  return codes;
}

function permits(
  random: Random,
  office: IdentifierOffice,
  { arrivedMs }: Holder,
  nowMs: number,
): WorldIdentifier[] {
  const issued: WorldIdentifier[] = [];
  let fromMs = arrivedMs + random.integer(60, 240) * dayMs;
  while (fromMs <= nowMs && issued.length < 4) {
    const days = random.pick([180, 365]);
    issued.push({
      kind: 'PERMIT',
      value: inventedPermit(office.next('permit')),
      validFrom: isoDay(fromMs),
      validTo: isoDay(fromMs + (days - 1) * dayMs),
    });
    fromMs += days * dayMs;
  }
  return issued;
}

/** The identifiers of a person that one institution happens to know. */
export function knownIdentifiers(
  random: Random,
  errors: ErrorModel,
  institution: Institution,
  all: readonly WorldIdentifier[],
): WorldIdentifier[] {
  const known = errors.identifierKnown[institution];
  const codici = all.filter(({ kind }) => kind === 'CF' || kind === 'CF_PROVISIONAL');
  const chosen: WorldIdentifier[] = [];
  if (random.chance(known.ANY_CF ?? 0)) {
    const copied = random.chance(0.5) ? codici : codici.length > 0 ? [random.pick(codici)] : [];
    // The centres' files have one box for the code: the definitive one overwrites the provisional.
    chosen.push(...(institution === 'reception-centres' ? copied.slice(-1) : copied));
  }
  for (const kind of ['CUI', 'VESTANET', 'STP', 'ENI'] as const) {
    const ofKind = all.filter((identifier) => identifier.kind === kind);
    if (ofKind.length > 0 && random.chance(known[kind] ?? 0)) chosen.push(...ofKind);
  }
  // Of several permits an institution has copied one, not always the newest.
  const permitsOfPerson = all.filter(({ kind }) => kind === 'PERMIT');
  if (permitsOfPerson.length > 0 && random.chance(known.PERMIT ?? 0)) {
    chosen.push(
      random.chance(0.7)
        ? at(permitsOfPerson, permitsOfPerson.length - 1)
        : random.pick(permitsOfPerson),
    );
  }
  return chosen;
}
