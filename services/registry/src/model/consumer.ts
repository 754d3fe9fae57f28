import { consumerClient, districtScope, registryId, type Suspension } from '@tavolo/access-model';
import { z } from 'zod';
import { agreement } from './partner.ts';
import { each, line, office } from './text.ts';

const client = z
  .strictObject({
    ...consumerClient.shape,
    // Compared byte by byte with a token's `iss`, so it is kept as it was written.
    issuer: consumerClient.shape.issuer
      .max(500)
      .regex(/^https?:\/\/[!-~]+$/u, 'must be an http(s) address'),
    // As evidence can hold it.
    clientId: z
      .string()
      .regex(/^[\w.:|~+=/-]{1,200}$/u, 'must have no spaces or special characters'),
  })
  .refine(({ roles }) => each(roles), { path: ['roles'], error: 'names a role twice' });

/** What a hub operator writes about an organisation that asks. */
export const consumerContent = z
  .strictObject({
    name: line(200),
    partnerId: registryId
      .nullable()
      .meta({ description: 'The partner it is, when it also answers.' }),
    districts: districtScope,
    contactOffice: office,
    dataProtectionOffice: office
      .nullable()
      .meta({ description: 'Office of its data protection officer (RPD); null = none named.' }),
    agreements: z.array(agreement).max(50),
    clients: z
      .array(client)
      .max(50)
      .refine(
        (clients) =>
          each(
            clients.map(({ issuer, clientId, organisation }) =>
              JSON.stringify([issuer, clientId, organisation]),
            ),
          ),
        'names a client twice',
      ),
  })
  .meta({ id: 'ConsumerContent', description: 'What a hub operator writes' });
export type ConsumerContent = Readonly<z.infer<typeof consumerContent>>;

export interface ConsumerEntry {
  readonly id: string;
  /** Grows with every change of the entry; its ETag. */
  readonly revision: number;
  readonly content: ConsumerContent;
  readonly suspensions: readonly Suspension[];
}
