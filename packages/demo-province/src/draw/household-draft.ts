import type { Origin } from '../origins.ts';
import type { WorldExitReason, WorldFacility, WorldReceptionType } from '../world.ts';

/** One household while the world is being drawn: who, from where, and its way through reception. */
export interface HouseholdDraft {
  readonly id: string;
  readonly kind: 'HOSTED' | 'FORMER' | 'IMMEDIATE' | 'NEVER_HOSTED';
  readonly origin: Origin;
  readonly members: readonly MemberDraft[];
  /** Unaccompanied minor, alone by definition. */
  readonly isUnaccompanied: boolean;
  readonly singleParent: boolean;
  /** Needs a place for mental distress or special health care. */
  readonly specialCare: boolean;
  /** In time order, never overlapping; the last may be open. */
  readonly path: readonly StayDraft[];
  /** First known presence in the province, milliseconds. */
  readonly arrivedMs: number;
}

export interface MemberDraft {
  readonly id: string;
  readonly sex: 'F' | 'M';
  readonly ageAtArrival: number;
}

export interface StayDraft {
  readonly type: WorldReceptionType;
  readonly entryMs: number;
  readonly exitMs?: number;
  readonly exitReason?: WorldExitReason;
}

/** A household whose stays have been given their facilities, one for each stay of the path. */
export interface PlacedHousehold extends HouseholdDraft {
  readonly facilities: readonly WorldFacility[];
}
