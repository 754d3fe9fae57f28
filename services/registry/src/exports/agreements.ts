import type { Agreement } from '../model/partner.ts';
import type { RegistryContents } from '../store/registry-store.ts';

/** An agreement with the organisation that reported it. */
export interface ReportedAgreement extends Agreement {
  readonly organisationId: string;
  readonly organisation: string;
  readonly side: 'PARTNER' | 'CONSUMER';
}

/** Every agreement of arts. 26 and 28 GDPR: partners' first, in the order of the ids. */
export function reportedAgreements(contents: RegistryContents): readonly ReportedAgreement[] {
  const of = (side: 'PARTNER' | 'CONSUMER') =>
    (side === 'PARTNER' ? contents.partners : contents.consumers).flatMap(({ id, content }) =>
      content.agreements.map((agreement) => ({
        organisationId: id,
        organisation: content.name,
        side,
        ...agreement,
      })),
    );
  return [...of('PARTNER'), ...of('CONSUMER')];
}
