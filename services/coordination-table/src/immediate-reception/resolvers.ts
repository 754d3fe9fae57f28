import { districtsOf, HubError, requireCategories } from '@tavolo/subgraph-kit';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type {
  ImmediateReceptionResolvers,
  ImmediateReceptionRuleResolvers,
  MutationResolvers,
  QueryResolvers,
} from '../generated/resolver-types.ts';
import type { ChangeLog } from '../store/change-log.ts';
import { ruleOn } from './immediate-reception-store.ts';
import { addRule } from './postgres-immediate-reception-store.ts';
import { dayOf, progressOf } from './progress-of.ts';

const hours = z.int().min(1).max(720);
const newRule = z.object({
  adoptedOn: z.string(),
  validFrom: z.string(),
  acceptanceHours: hours.nullish().transform((value) => value ?? null),
  firstInterventionHours: hours,
  firstInterventionFrom: z.enum(['RECEPTION_START', 'DESK_CONTACT']),
  maximumDays: z.int().min(1).max(730),
});

/** The year the oldest receptions are of; questions about years without any say nothing new. */
const years = { first: 2011, last: 2100 };

export function createImmediateReceptionResolvers(changes: ChangeLog) {
  return { ImmediateReception, ImmediateReceptionRule, Query, Mutation: mutations(changes) };
}

const ImmediateReception: ImmediateReceptionResolvers = {
  // The gateway hands on what the reception centres showed this caller; there is nothing to look up.
  async progress(reception, _arguments, { caller, now, immediateReception }) {
    requireCategories(caller, 'HEALTH');
    const districts = districtsOf(caller);
    if (districts !== null && !districts.some((district) => district === reception.district)) {
      return null;
    }
    const startDay = dayOf(Temporal.Instant.from(reception.startedAt)).toString();
    return progressOf(reception, ruleOn(await immediateReception.rules(), startDay), now());
  },
};

const ImmediateReceptionRule: ImmediateReceptionRuleResolvers = {
  async validTo({ version }, _arguments, { immediateReception }) {
    const next = (await immediateReception.rules()).find((rule) => rule.version === version + 1);
    return next === undefined
      ? null
      : Temporal.PlainDate.from(next.validFrom).subtract({ days: 1 }).toString();
  },
};

const Query: Pick<QueryResolvers, 'immediateReceptionRules' | 'immediateReceptionOverview'> = {
  immediateReceptionRules: async (_parent, _arguments, { immediateReception }) => [
    ...(await immediateReception.rules()),
  ],
  immediateReceptionOverview(_parent, { district, year }, { immediateReception }) {
    if (year != null && (year < years.first || year > years.last)) {
      throw new HubError(
        'BAD_USER_INPUT',
        `Argument "year" must be between ${years.first} and ${years.last}`,
      );
    }
    return immediateReception.overview(district ?? null, year ?? null);
  },
};

function mutations(changes: ChangeLog): Pick<MutationResolvers, 'adoptImmediateReceptionRule'> {
  return {
    adoptImmediateReceptionRule(_parent, { clientKey, input }, { caller }) {
      if (caller.districts !== null) {
        throw new HubError(
          'FORBIDDEN',
          'The terms of immediate reception hold for the whole province; a coordinator of the whole province adopts them',
        );
      }
      const rule = newRule.safeParse(input);
      if (!rule.success) throw new HubError('BAD_USER_INPUT', z.prettifyError(rule.error));
      return changes.apply(
        { caller, mutation: 'adoptImmediateReceptionRule', clientKey, input },
        (transaction: Transaction) => addRule(transaction, rule.data),
      );
    },
  };
}

type Transaction = Parameters<typeof addRule>[0];
