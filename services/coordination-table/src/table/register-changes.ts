import type { ChangeLog } from '../store/change-log.ts';
import { createAgreementChanges } from './changes/agreement-changes.ts';
import { createMeetingChanges } from './changes/meeting-changes.ts';
import { createMinutesChanges } from './changes/minutes-changes.ts';
import { createObjectiveChanges } from './changes/objective-changes.ts';
import { createProtocolChanges } from './changes/protocol-changes.ts';
import { createApplyRegisterChange } from './changes/register-change.ts';
import { createSeatChanges } from './changes/seat-changes.ts';

export type RegisterChanges = ReturnType<typeof createRegisterChanges>;

/** Every change of the register, by the name of its mutation. */
export function createRegisterChanges(changes: ChangeLog) {
  const apply = createApplyRegisterChange(changes);
  return {
    ...createSeatChanges(apply),
    ...createMeetingChanges(apply),
    ...createMinutesChanges(apply),
    ...createObjectiveChanges(apply),
    ...createProtocolChanges(apply),
    ...createAgreementChanges(apply),
  };
}
