import { registryId, suspension } from '@tavolo/access-model';
import { z } from 'zod';
import { type ConsumerEntry, consumerContent } from '../model/consumer.ts';
import { type PartnerEntry, partnerContent } from '../model/partner.ts';
import {
  type PurposeEntry,
  type PurposeStatus,
  purposeContent,
  statusOf,
} from '../model/purpose.ts';

const revision = z.int().min(1).meta({ description: 'Its ETag' });
const suspensions = z.array(suspension);
const grants = z.record(registryId, purposeContent.shape.categories);

/** Entries as they are answered; typed by the entries themselves, so that the document cannot drift from them. */
export const partnerView: z.ZodType<PartnerEntry> = z
  .object({ id: registryId, revision, content: partnerContent, suspensions })
  .meta({ id: 'Partner', description: 'An institution that answers (ente erogatore).' });

export const consumerView: z.ZodType<ConsumerEntry> = z
  .object({ id: registryId, revision, content: consumerContent, suspensions })
  .meta({ id: 'Consumer', description: 'An organisation that asks (ente fruitore).' });

const status = z.enum(['DRAFT', 'SUBMITTED', 'REJECTED', 'APPROVED', 'ARCHIVED']);
const versionNumber = z.int().min(1);
const owners = z.array(registryId).meta({ description: 'Partners whose data it reads' });

export const purposeView: z.ZodType<PurposeEntry & { readonly status: PurposeStatus }> = z
  .object({
    id: registryId,
    consumerId: registryId,
    revision,
    lastVersion: versionNumber,
    status,
    pending: z
      .object({
        version: versionNumber,
        status: z.enum(['DRAFT', 'SUBMITTED', 'REJECTED']),
        content: purposeContent,
        owners,
        grants,
        rejection: z
          .object({ by: registryId, reason: z.string(), at: z.iso.datetime() })
          .nullable(),
      })
      .nullable()
      .meta({ description: 'The version some owner has not approved' }),
    inForce: z
      .object({
        version: versionNumber,
        content: purposeContent,
        owners,
        grants,
        approvedAt: z.iso.datetime(),
      })
      .nullable()
      .meta({ description: 'The version every owner approved' }),
    isArchived: z.boolean(),
    suspensions,
  })
  .meta({ id: 'Purpose', description: 'A purpose with its risk analysis (finalità).' });

interface PurposeSummary {
  readonly id: string;
  readonly consumerId: string;
  readonly revision: number;
  readonly status: PurposeStatus;
  readonly title: string;
  readonly pendingVersion: number | null;
  readonly inForceVersion: number | null;
  /** Owners of the pending version that have not approved it. */
  readonly awaiting: readonly string[];
  readonly suspensions: PurposeEntry['suspensions'];
}

export const purposeSummary: z.ZodType<PurposeSummary> = z
  .object({
    id: registryId,
    consumerId: registryId,
    revision,
    status,
    title: z.string(),
    pendingVersion: versionNumber.nullable(),
    inForceVersion: versionNumber.nullable(),
    awaiting: z.array(registryId),
    suspensions,
  })
  .meta({ id: 'PurposeSummary', description: 'A purpose in a list.' });

export const viewPurpose = (entry: PurposeEntry) => ({ ...entry, status: statusOf(entry) });

export function summarise(entry: PurposeEntry): PurposeSummary {
  const { pending, inForce } = entry;
  return {
    id: entry.id,
    consumerId: entry.consumerId,
    revision: entry.revision,
    status: statusOf(entry),
    title: (pending ?? inForce)?.content.title ?? '',
    pendingVersion: pending?.version ?? null,
    inForceVersion: inForce?.version ?? null,
    awaiting:
      pending?.status === 'SUBMITTED'
        ? pending.owners.filter((owner) => !Object.hasOwn(pending.grants, owner))
        : [],
    suspensions: entry.suspensions,
  };
}
