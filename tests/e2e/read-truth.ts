import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the ground truth says of one guest, in the parts that the journeys compare. */
export interface GuestTruth {
  readonly personId: string;
  readonly entryAt: string;
  readonly firstHealthEvent: { readonly at: string; readonly hours: number } | null;
  readonly openSocialCases: readonly {
    readonly openedOn: string;
    readonly planAreas: readonly string[];
  }[];
  readonly tutorMatches: readonly {
    readonly from: string;
    readonly volunteerIds: readonly string[];
  }[];
  readonly isWithheld: boolean;
}

export interface Truth {
  readonly facilities: readonly {
    readonly district: string;
    readonly guests: readonly GuestTruth[];
  }[];
}

/** Reads the ground truth beside a drawn province; the services never do. */
export async function readTruth(province: string): Promise<Truth> {
  return JSON.parse(await readFile(join(province, 'ground-truth.json'), 'utf8')) as Truth;
}
