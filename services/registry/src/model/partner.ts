import { partnerState, type Suspension } from '@tavolo/access-model';
import { z } from 'zod';
import { each, line, office, paragraph } from './text.ts';

/** Who decides with whom, or works for whom: what art. 26 and art. 28 GDPR want in writing. */
export const agreement = z.strictObject({
  kind: z
    .enum(['ART_26_JOINT_CONTROLLERS', 'ART_28_PROCESSOR'])
    .meta({ description: 'contitolarità or responsabile del trattamento' }),
  reference: line(200).meta({ description: 'Number and date of the act (estremi dell’atto).' }),
  counterparty: line(200),
  subject: line(500).meta({ description: 'What it covers (oggetto).' }),
  signedOn: z.iso.date(),
  endsOn: z.iso.date().nullable(),
});
export type Agreement = Readonly<z.infer<typeof agreement>>;

/** What a hub operator writes about an institution that answers. */
export const partnerContent = z
  .strictObject({
    name: line(200),
    subgraphs: partnerState.shape.subgraphs.refine(each, 'names a subgraph twice'),
    contactOffice: office,
    legalBasis: paragraph(2_000).meta({
      description: 'Why it may hold its data (base giuridica).',
    }),
    agreements: z.array(agreement).max(50),
  })
  .meta({ id: 'PartnerContent', description: 'What a hub operator writes' });
export type PartnerContent = Readonly<z.infer<typeof partnerContent>>;

export interface PartnerEntry {
  readonly id: string;
  /** Grows with every change of the entry; its ETag. */
  readonly revision: number;
  readonly content: PartnerContent;
  readonly suspensions: readonly Suspension[];
}
