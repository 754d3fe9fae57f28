import { districtsOf, HubError, readListSize } from '@tavolo/subgraph-kit';
import type { Transaction } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { TableContext } from '../context.ts';
import type {
  DomicileFairShareResolvers,
  DomicileOutsideRotationResolvers,
  DomicileRotaResolvers,
  DomicileRuleMunicipalityResolvers,
  DomicileRuleResolvers,
  DomicileTurnResolvers,
  MutationResolvers,
  NextDomicileTurnResolvers,
  QueryResolvers,
} from '../generated/resolver-types.ts';
import { romeDay } from '../reference/rome-day.ts';
import type { ChangeLog } from '../store/change-log.ts';
import { adoptDomicileRule } from './adopt-domicile-rule.ts';
import { acceptTurn, type MayChange, offerTurn, recordUse, skipTurn } from './change-turns.ts';
import { nextMunicipality, orderOfTurns } from './next-turn.ts';
import { recordOutsideRotation } from './record-outside-rotation.ts';
import { deficitsOf, readRota } from './rota.ts';
import type { RotationTables } from './rotation-tables.ts';

type Change = Transaction<RotationTables>;
type RotationMutations = Pick<
  MutationResolvers,
  | 'adoptDomicileRule'
  | 'offerDomicileTurn'
  | 'acceptDomicileTurn'
  | 'skipDomicileTurn'
  | 'recordDomicileUse'
  | 'recordDomicileOutsideRotation'
>;

export function createRotationResolvers(changes: ChangeLog) {
  return {
    DomicileRule,
    DomicileRuleMunicipality: municipalityOf satisfies DomicileRuleMunicipalityResolvers,
    DomicileTurn,
    NextDomicileTurn: municipalityOf satisfies NextDomicileTurnResolvers,
    DomicileFairShare: municipalityOf satisfies DomicileFairShareResolvers,
    DomicileOutsideRotation: municipalityOf satisfies DomicileOutsideRotationResolvers,
    DomicileRota,
    Query,
    Mutation: mutations(changes),
  };
}

const municipalityOf = {
  municipality: (
    { istatCode }: { readonly istatCode: string },
    _arguments: unknown,
    { reference }: TableContext,
  ) => reference.municipalities.byCode(istatCode),
};

const DomicileRule: DomicileRuleResolvers = {
  municipalities: ({ municipalities }) => [...municipalities],
  async validTo({ version }, _arguments, { rotation }) {
    const next = (await rotation.rules()).find((rule) => rule.version === version + 1);
    return next === undefined
      ? null
      : Temporal.PlainDate.from(next.validFrom).subtract({ days: 1 }).toString();
  },
};

const DomicileTurn: DomicileTurnResolvers = {
  ...municipalityOf,
  isOverdue: ({ state, dueOn }, _arguments, { now }) =>
    state === 'OFFERED' && dueOn < romeDay(now()),
};

const DomicileRota: DomicileRotaResolvers = {
  async next(rota, _arguments, { rotation }) {
    if (!rota.isRunning) return null;
    const { position, passedBy } = await rotation.openPosition(rota.year);
    const { municipalities } = rota.rule;
    return { position, istatCode: nextMunicipality(municipalities, deficitsOf(rota), passedBy) };
  },
  async order(rota, { first }, { rotation }) {
    const size = readListSize(first, 100);
    if (!rota.isRunning) return [];
    const open = await rotation.openPosition(rota.year);
    return orderOfTurns(rota.rule.municipalities, deficitsOf(rota), open, size);
  },
  fairShares: ({ fairShares }) => [...fairShares],
  async turns({ year }, { first }, context) {
    const size = readListSize(first, 500);
    const { caller, rotation } = context;
    if (districtsOf(caller) === null) return rotation.turns(year, null, size);
    const codes = (await rotation.rules())
      .flatMap(({ municipalities }) => municipalities.map(({ istatCode }) => istatCode))
      .filter(mayChangeOf(context));
    return rotation.turns(year, [...new Set(codes)], size);
  },
  outsideRotation: ({ year }, _arguments, { rotation }) => rotation.outsideRotation(year),
};

const Query: Pick<QueryResolvers, 'domicileRules' | 'domicileRota'> = {
  domicileRules: async (_parent, _arguments, { rotation }) => [...(await rotation.rules())],
  domicileRota: (_parent, { year }, { rotation, now }) => readRota(rotation, year, romeDay(now())),
};

/** A coordinator of districts changes the turns of their municipalities only. */
function mayChangeOf({ caller, reference }: TableContext): MayChange {
  const districts = districtsOf(caller);
  return (istatCode) => {
    const district = reference.municipalities.byCode(istatCode)?.district;
    return district !== undefined && (districts === null || districts.includes(district));
  };
}

function mutations(changes: ChangeLog): RotationMutations {
  return {
    adoptDomicileRule(_parent, { clientKey, input }, { caller, reference }) {
      if (caller.districts !== null) {
        throw new HubError(
          'FORBIDDEN',
          'The rule of the rotation holds for the whole province; a coordinator of the whole province adopts it',
        );
      }
      return changes.apply(
        { caller, mutation: 'adoptDomicileRule', clientKey, input },
        (transaction: Change) => adoptDomicileRule(transaction, input, reference.municipalities),
      );
    },
    offerDomicileTurn: (_parent, { clientKey, input }, context) =>
      changes.apply(
        { caller: context.caller, mutation: 'offerDomicileTurn', clientKey, input },
        (transaction: Change, at) => offerTurn(transaction, input, at, mayChangeOf(context)),
      ),
    acceptDomicileTurn: (_parent, { clientKey, input }, context) =>
      changes.apply(
        { caller: context.caller, mutation: 'acceptDomicileTurn', clientKey, input },
        (transaction: Change, at) =>
          acceptTurn(transaction, input.turnId, at, mayChangeOf(context)),
      ),
    skipDomicileTurn: (_parent, { clientKey, input }, context) =>
      changes.apply(
        { caller: context.caller, mutation: 'skipDomicileTurn', clientKey, input },
        (transaction: Change, at) => skipTurn(transaction, input, at, mayChangeOf(context)),
      ),
    recordDomicileUse: (_parent, { clientKey, input }, context) =>
      changes.apply(
        { caller: context.caller, mutation: 'recordDomicileUse', clientKey, input },
        (transaction: Change) => recordUse(transaction, input, mayChangeOf(context)),
      ),
    recordDomicileOutsideRotation: (_parent, { clientKey, input }, context) =>
      changes.apply(
        { caller: context.caller, mutation: 'recordDomicileOutsideRotation', clientKey, input },
        (transaction: Change, at) =>
          recordOutsideRotation(transaction, input, romeDay(at), mayChangeOf(context)),
      ),
  };
}
