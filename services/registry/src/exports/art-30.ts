import type { ConsumerEntry } from '../model/consumer.ts';
import type { PartnerEntry } from '../model/partner.ts';
import type { ApprovedVersion, PurposeEntry } from '../model/purpose.ts';
import type { RiskAnalysis } from '../model/risk-analysis.ts';
import type { RegistryContents } from '../store/registry-store.ts';

/** One processing activity: what art. 30 (1) GDPR wants of a controller and (2) of a processor. */
export interface ProcessingActivity {
  readonly purposeId: string;
  readonly version: number;
  readonly title: string;
  readonly status: 'IN_FORCE' | 'SUSPENDED' | 'ENDED';
  readonly controller: string;
  readonly controllerContact: string;
  readonly dataProtectionOffice: string;
  /** Whose data are read: they are the controllers of the data at their source. */
  readonly sources: readonly string[];
  readonly purpose: string;
  readonly legalBasis: readonly string[];
  readonly legalReferences: readonly string[];
  readonly dataSubjects: readonly string[];
  readonly dataTypes: readonly string[];
  readonly specialCategories: readonly string[];
  readonly recipients: readonly string[];
  readonly transfersToThirdCountries: 'NONE';
  readonly retention: string;
  readonly securityMeasures: readonly string[];
  readonly deliveryMethod: string;
  readonly dpiaDone: boolean;
  readonly validFrom: string;
  readonly validUntil: string;
  /** Art. 30 (2): who runs the hub does this for the controllers. */
  readonly processing: string;
}

/** What the hub does for every purpose, whatever its form says. */
const hubMeasures = [
  'Access only for a registered purpose, field by field, within its validity and daily quota',
  'Every question leaves evidence in a log that cannot be changed unnoticed',
  'No direct identifiers in the graph; references are pseudonymous and differ between purposes',
] as const;

/** The register of processing activities, in the order of the purposes' ids. */
export function processingActivities(
  contents: RegistryContents,
  now: Date,
): readonly ProcessingActivity[] {
  const consumers = new Map(contents.consumers.map((entry) => [entry.id, entry]));
  const partners = new Map(contents.partners.map((entry) => [entry.id, entry]));
  return contents.purposes.flatMap((purpose) => {
    const { inForce } = purpose;
    const consumer = consumers.get(purpose.consumerId);
    if (inForce === null || consumer === undefined) return [];
    return [activity(purpose, inForce, consumer, partners, now)];
  });
}

function activity(
  purpose: PurposeEntry,
  { version, content, owners }: ApprovedVersion,
  consumer: ConsumerEntry,
  partners: ReadonlyMap<string, PartnerEntry>,
  now: Date,
): ProcessingActivity {
  const { riskAnalysis } = content;
  const { contactOffice, dataProtectionOffice, name } = consumer.content;
  const isOver = purpose.isArchived || Date.parse(content.validUntil) <= now.getTime();
  const isSuspended = purpose.suspensions.length > 0 || consumer.suspensions.length > 0;
  return {
    purposeId: purpose.id,
    version,
    title: content.title,
    status: isOver ? 'ENDED' : isSuspended ? 'SUSPENDED' : 'IN_FORCE',
    controller: name,
    controllerContact: `${contactOffice.name}, ${contactOffice.email}`,
    dataProtectionOffice:
      dataProtectionOffice === null
        ? 'none named'
        : `${dataProtectionOffice.name}, ${dataProtectionOffice.email}`,
    sources: owners.map((owner) => partners.get(owner)?.content.name ?? owner),
    purpose: riskAnalysis.finality,
    legalBasis: riskAnalysis.legalBasis,
    legalReferences: legalReferences(riskAnalysis),
    dataSubjects: riskAnalysis.dataSubjects,
    dataTypes: riskAnalysis.personalDataTypes,
    specialCategories: content.categories,
    recipients: riskAnalysis.recipients,
    transfersToThirdCountries: 'NONE',
    retention: riskAnalysis.dataRetentionPeriod ?? 'no personal data',
    securityMeasures: [
      ...(riskAnalysis.dataProtectionMeasures === undefined
        ? []
        : [riskAnalysis.dataProtectionMeasures]),
      ...hubMeasures,
    ],
    deliveryMethod: riskAnalysis.deliveryMethod,
    dpiaDone: riskAnalysis.doneDpia,
    validFrom: content.validFrom,
    validUntil: content.validUntil,
    processing: 'Joins answers of the sources for one question and passes them on; keeps none',
  };
}

function legalReferences(form: RiskAnalysis): readonly string[] {
  return [
    form.legalObligationReference,
    form.ruleOfLawText,
    form.administrativeActText,
    form.publicInterestTaskText,
  ].filter((text) => text !== undefined);
}
