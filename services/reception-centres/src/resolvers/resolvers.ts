import { dateScalars } from '@tavolo/subgraph-kit';
import type { Resolvers } from '../generated/resolver-types.ts';
import { AsylumStep } from './asylum-step.ts';
import { Facility } from './facility.ts';
import { Household } from './household.ts';
import { ImmediateReception } from './immediate-reception.ts';
import { Person } from './person.ts';
import { PresenceAlarm } from './presence-alarm.ts';
import { Query } from './query.ts';
import { Stay } from './stay.ts';

export const resolvers: Resolvers = {
  ...dateScalars,
  Query,
  Facility,
  Stay,
  ImmediateReception,
  AsylumStep,
  PresenceAlarm,
  Person,
  Household,
};
