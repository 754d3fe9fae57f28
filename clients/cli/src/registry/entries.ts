import { registryId, suspension } from '@tavolo/access-model';
import { z } from 'zod';

// What is only handed back is kept as it came, fields of later versions included.
const office = z.looseObject({ name: z.string(), email: z.string() });

/** An institution that answers, as the registry keeps it. */
export const partnerEntry = z.object({
  id: registryId,
  revision: z.int(),
  content: z.looseObject({
    name: z.string(),
    subgraphs: z.array(z.string()),
    contactOffice: office,
    legalBasis: z.string(),
    agreements: z.array(z.unknown()),
  }),
  suspensions: z.array(suspension),
});
export type PartnerEntry = Readonly<z.infer<typeof partnerEntry>>;

const client = z.looseObject({
  issuer: z.string(),
  clientId: z.string(),
  organisation: z.string().nullable(),
  roles: z.array(z.string()),
});

/** An organisation that asks. */
export const consumerEntry = z.object({
  id: registryId,
  revision: z.int(),
  content: z.looseObject({
    name: z.string(),
    partnerId: z.string().nullable(),
    clients: z.array(client),
  }),
});
export type ConsumerEntry = Readonly<z.infer<typeof consumerEntry>>;

const purposeContent = z.looseObject({
  title: z.string(),
  class: z.string(),
  roles: z.array(z.string()),
  coordinates: z.array(z.string()),
  categories: z.array(z.string()),
  validFrom: z.string(),
  validUntil: z.string(),
});
const grants = z.record(z.string(), z.array(z.string()));

/** What is asked for, with who let it. */
export const purposeEntry = z.object({
  id: registryId,
  consumerId: registryId,
  revision: z.int(),
  status: z.string(),
  pending: z
    .object({
      version: z.int(),
      status: z.string(),
      content: purposeContent,
      owners: z.array(z.string()),
      grants,
      rejection: z.object({ by: z.string(), reason: z.string() }).nullable(),
    })
    .nullable(),
  inForce: z
    .object({
      version: z.int(),
      content: purposeContent,
      owners: z.array(z.string()),
      grants,
      approvedAt: z.string(),
    })
    .nullable(),
  suspensions: z.array(suspension),
});
export type PurposeEntry = Readonly<z.infer<typeof purposeEntry>>;

const purposeSummary = z.object({
  id: registryId,
  consumerId: registryId,
  status: z.string(),
  title: z.string(),
  pendingVersion: z.int().nullable(),
  inForceVersion: z.int().nullable(),
  awaiting: z.array(z.string()),
  suspensions: z.array(suspension),
});

export const partnerPage = z.object({ items: z.array(partnerEntry), next: z.string().nullable() });
export const purposePage = z.object({
  items: z.array(purposeSummary),
  next: z.string().nullable(),
});
