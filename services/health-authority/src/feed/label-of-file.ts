import { type DroppedFile, feedFileLabel } from '@tavolo/feed-kit';

const words = 'adt lotto fhir servizi pazienti hl7 json'.split(' ');

/** What rejections call a dropped file: its name may be about a person. */
export function labelOfFile(file: DroppedFile): string {
  return feedFileLabel(file, words);
}
