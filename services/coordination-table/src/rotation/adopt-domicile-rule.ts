import { HubError } from '@tavolo/subgraph-kit';
import { sql, type Transaction } from 'kysely';
import type {
  AdoptDomicileRuleInput,
  MergedMunicipalityInput,
} from '../generated/resolver-types.ts';
import type { MunicipalityRegister } from '../reference/municipality-register.ts';
import { isValidOn } from '../reference/validity.ts';
import { readRules } from './postgres-rotation-store.ts';
import type { DomicileRuleRow, WeightedMunicipality } from './rotation-store.ts';
import type { RotationTables } from './rotation-tables.ts';

const longestRule = 100;
const usualAnswerDays = 7;

/** Adopts a rule, within a change; what it does not say of the municipalities the register says. */
export async function adoptDomicileRule(
  transaction: Transaction<RotationTables>,
  input: AdoptDomicileRuleInput,
  register: MunicipalityRegister,
): Promise<DomicileRuleRow> {
  const { kind, adoptedOn, validFrom } = input;
  const answerDays = input.answerDays ?? usualAnswerDays;
  const merged = input.merged ?? [];
  if (answerDays < 1 || answerDays > 60) refuse('answerDays must be between 1 and 60');
  const municipalities = readMunicipalities(input, register);
  const last = (await readRules(transaction)).at(-1);
  if (last && validFrom <= last.validFrom) {
    refuse(`validFrom must be after ${last.validFrom}, the first day of version ${last.version}`);
  }
  const given = await transaction
    .selectFrom('domicile_turn')
    .select('id')
    .where(sql<boolean>`(offered_at AT TIME ZONE 'Europe/Rome')::date >= ${validFrom}::date`)
    .limit(1)
    .executeTakeFirst();
  if (given) {
    refuse('validFrom must be after the day of the last offered turn: no turn changes its rule');
  }
  checkMergers(merged, municipalities, last);
  const version = (last?.version ?? 0) + 1;
  await transaction
    .insertInto('domicile_rule')
    .values({
      version,
      kind,
      adopted_on: adoptedOn,
      valid_from: validFrom,
      answer_days: answerDays,
    })
    .execute();
  await transaction
    .insertInto('domicile_rule_municipality')
    .values(
      municipalities.map(({ istatCode, population, share }) => ({
        version,
        istat_code: istatCode,
        population,
        share,
      })),
    )
    .execute();
  if (merged.length > 0) {
    await transaction
      .insertInto('domicile_rule_merger')
      .values(merged.map(({ from, into }) => ({ version, from_code: from, into_code: into })))
      .execute();
  }
  const mergers = merged.map(({ from, into }) => ({ from, into }));
  return { version, kind, adoptedOn, validFrom, answerDays, municipalities, merged: mergers };
}

function readMunicipalities(
  { kind, municipalities, validFrom }: AdoptDomicileRuleInput,
  register: MunicipalityRegister,
): WeightedMunicipality[] {
  if (municipalities.length < 1 || municipalities.length > longestRule) {
    refuse(`municipalities must name 1 to ${longestRule} municipalities`);
  }
  if (new Set(municipalities.map(({ istatCode }) => istatCode)).size < municipalities.length) {
    refuse('municipalities must name each municipality once');
  }
  const populated = municipalities.map(({ istatCode, population }) => {
    const known = register.byCode(istatCode);
    if (known === null || !isValidOn(known, validFrom)) {
      return refuse('municipalities.istatCode must be of a municipality that exists on validFrom');
    }
    const inhabitants = population ?? known.population;
    if (inhabitants === null || inhabitants < 1 || inhabitants > 5_000_000) {
      return refuse('municipalities.population must be between 1 and 5,000,000');
    }
    return { istatCode, population: inhabitants };
  });
  const weightOf = (population: number) => (kind === 'EQUAL_TURNS' ? 1 : population);
  const total = populated.reduce((sum, { population }) => sum + weightOf(population), 0);
  return populated
    .map((each) => ({ ...each, share: weightOf(each.population) / total }))
    .sort((a, b) => (a.istatCode < b.istatCode ? -1 : 1));
}

function checkMergers(
  merged: readonly MergedMunicipalityInput[],
  municipalities: readonly WeightedMunicipality[],
  last: DomicileRuleRow | undefined,
): void {
  const takesPart = new Set(municipalities.map(({ istatCode }) => istatCode));
  const tookPart = new Set(last?.municipalities.map(({ istatCode }) => istatCode));
  if (new Set(merged.map(({ from }) => from)).size < merged.length) {
    refuse('merged.from must name each municipality once');
  }
  for (const { from, into } of merged) {
    if (!tookPart.has(from) || takesPart.has(from)) {
      refuse('merged.from must be of a municipality of the rule before that takes part no more');
    }
    if (!takesPart.has(into)) refuse('merged.into must be of a municipality that takes part');
  }
}

function refuse(reason: string): never {
  throw new HubError('BAD_USER_INPUT', reason);
}
