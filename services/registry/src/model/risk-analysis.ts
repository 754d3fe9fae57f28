import { z } from 'zod';
import { each, line, paragraph } from './text.ts';

export const personalDataTypes = [
  'WITH_NON_IDENTIFYING_DATA',
  'WITH_IDENTIFYING_DATA',
  'GDPR_ART_8',
  'GDPR_ART_9',
  'GDPR_ART_10',
] as const;
export type PersonalDataType = (typeof personalDataTypes)[number];

/** The answers' names are those of PDND's form PA 3.1, so that whoever filled one in knows this one. */
export const riskAnalysis = z
  .strictObject({
    finality: paragraph(2_000).meta({ description: 'What it is for (finalità).' }),
    usesPersonalData: z.boolean(),
    personalDataTypes: z.array(z.enum(personalDataTypes)).max(5).refine(each, 'names one twice'),
    legalBasis: z
      .array(z.enum(['CONSENT', 'CONTRACT', 'LEGAL_OBLIGATION', 'SAFEGUARD', 'PUBLIC_INTEREST']))
      .max(5)
      .refine(each, 'names one twice')
      .meta({ description: 'Art. 6 GDPR (base giuridica).' }),
    legalObligationReference: paragraph(2_000).optional(),
    legalBasisPublicInterest: z
      .enum(['RULE_OF_LAW', 'ADMINISTRATIVE_ACT', 'PUBLIC_INTEREST_TASK'])
      .optional()
      .meta({ description: 'Arts. 2-ter and 2-sexies of the Codice Privacy.' }),
    ruleOfLawText: paragraph(2_000).optional(),
    administrativeActText: paragraph(2_000).optional(),
    publicInterestTaskText: paragraph(2_000).optional(),
    dataQuantity: z
      .enum([
        'QUANTITY_0_TO_100',
        'QUANTITY_101_TO_500',
        'QUANTITY_500_TO_1000',
        'QUANTITY_1001_TO_5000',
        'QUANTITY_5001_OVER',
      ])
      .nullable()
      .meta({ description: 'People concerned; null = not known (fascia di quantità).' }),
    deliveryMethod: z.enum(['CLEARTEXT', 'PSEUDOANONYMOUS', 'AGGREGATE', 'ANONYMOUS']),
    policyProvided: z
      .boolean()
      .meta({ description: 'Whether the people concerned were told (informativa).' }),
    policyProvidedMedium: z.enum(['PRINT', 'ONLINE']).optional(),
    policyProvidedOnlineLink: z
      .url({ protocol: /^https$/u })
      .max(2_000)
      .optional(),
    reasonPolicyNotProvided: paragraph(2_000).optional().meta({ description: 'Art. 14 (5) GDPR.' }),
    confirmIntegrityAndConfidentiality: z.boolean(),
    dataProtectionMeasures: paragraph(2_000)
      .optional()
      .meta({ description: 'Arts. 25 and 32 GDPR (misure tecniche e organizzative).' }),
    doneDpia: z.boolean().meta({ description: 'Art. 35 GDPR (valutazione d’impatto).' }),
    priorConsultation: z
      .boolean()
      .optional()
      .meta({ description: 'Art. 36 GDPR (consultazione preventiva).' }),
    dataDownload: z.boolean(),
    dataRetentionPeriod: line(200)
      .optional()
      .meta({ description: 'A number and hours, days, months or years (conservazione).' }),
    purposePursuit: z.enum(['MERE_CORRECTNESS', 'NEW_PERSONAL_DATA']).optional(),
    checkedExistenceMereCorrectness: z.boolean().optional(),
    checkedAllDataNeeded: z.boolean().optional(),
    isRequestOnBehalfOfThirdParties: z.boolean(),
    thirdPartiesRequestDataUsage: z.enum(['PA_ONLY', 'PA_ALSO']).optional(),
    recipients: z
      .array(line(200))
      .max(50)
      .meta({ description: 'Who else gets them; empty = nobody (destinatari).' }),
    dataSubjects: z
      .array(line(200))
      .max(50)
      .meta({ description: 'Whose data: groups, never names (categorie di interessati).' }),
    declarationConfirmGDPR: z.boolean(),
  })
  .meta({
    id: 'RiskAnalysis',
    description: 'Risk analysis as PDND’s form PA 3.1 (analisi del rischio).',
  });
export type RiskAnalysis = Readonly<z.infer<typeof riskAnalysis>>;
