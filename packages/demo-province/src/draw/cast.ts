import type { WorldPerson } from '../world.ts';
import type { PlacedHousehold } from './household-draft.ts';

/** A person together with what the drawing of events needs to know and the world does not keep. */
export interface CastMember {
  readonly person: WorldPerson;
  readonly household: PlacedHousehold;
  /** Place in the household, 0 first; the first ones are the adults. */
  readonly place: number;
  readonly ageAtArrival: number;
}
