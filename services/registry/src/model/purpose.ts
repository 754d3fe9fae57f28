import {
  districtScope,
  fieldCoordinate,
  purposeClass,
  purposeState,
  roleName,
  type SensitiveCategory,
  type Suspension,
  sensitiveCategory,
} from '@tavolo/access-model';
import { z } from 'zod';
import { riskAnalysis } from './risk-analysis.ts';
import { each, line } from './text.ts';

/** What a consumer's privacy officer writes: any change of it needs every owner's approval anew. */
export const purposeContent = z
  .strictObject({
    title: line(200),
    class: purposeClass,
    roles: z.array(roleName).min(1).max(10).refine(each, 'names a role twice'),
    documents: purposeState.shape.documents,
    districts: districtScope,
    coordinates: z
      .array(fieldCoordinate)
      .min(1)
      .max(5_000)
      .refine(each, 'names a coordinate twice'),
    categories: z.array(sensitiveCategory).max(10).refine(each, 'names a category twice'),
    validFrom: purposeState.shape.validFrom,
    validUntil: purposeState.shape.validUntil.meta({ description: 'Exclusive.' }),
    dailyQuota: z.int().min(0).max(1_000_000_000),
    riskAnalysis,
  })
  .meta({ id: 'PurposeContent', description: 'What is asked for, and why' });
export type PurposeContent = Readonly<z.infer<typeof purposeContent>>;

/** Owner → the declared categories it lets this version read. */
export type Grants = Readonly<Record<string, readonly SensitiveCategory[]>>;

/** A version that some owner has not approved. */
export interface PendingVersion {
  readonly version: number;
  readonly status: 'DRAFT' | 'SUBMITTED' | 'REJECTED';
  readonly content: PurposeContent;
  /** Whose data it concerns, found when it was submitted. */
  readonly owners: readonly string[];
  readonly grants: Grants;
  readonly rejection: { readonly by: string; readonly reason: string; readonly at: string } | null;
}

/** A version that every owner approved. */
export interface ApprovedVersion {
  readonly version: number;
  readonly content: PurposeContent;
  readonly owners: readonly string[];
  readonly grants: Grants;
  readonly approvedAt: string;
}

export interface PurposeEntry {
  readonly id: string;
  readonly consumerId: string;
  /** Grows with every change of the entry, approvals and suspensions included; its ETag. */
  readonly revision: number;
  /** The newest version there ever was: a number is never used twice. */
  readonly lastVersion: number;
  readonly pending: PendingVersion | null;
  /** What the gateways go by until the next one is approved. */
  readonly inForce: ApprovedVersion | null;
  readonly isArchived: boolean;
  readonly suspensions: readonly Suspension[];
}

export type PurposeStatus = 'DRAFT' | 'SUBMITTED' | 'REJECTED' | 'APPROVED' | 'ARCHIVED';

/** Where it stands as a whole; a pending version speaks, though an older one may be in force. */
export function statusOf(entry: PurposeEntry): PurposeStatus {
  if (entry.isArchived) return 'ARCHIVED';
  return entry.pending?.status ?? 'APPROVED';
}
