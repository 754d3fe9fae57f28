import type { PublishingHub } from './start-publishing-hub.ts';

/** What everybody of the benchmark asks, and the field that comes and goes with every other publication. */
export const swapQuestions = {
  steady: '{ synthetic01Record(id: "1") { id amount1 } synthetic02Record(id: "1") { id } }',
  toggled: '{ synthetic01Record(id: "1") { id toggled } }',
} as const;

const coordinates = [
  'Query.synthetic01Record',
  'Query.synthetic02Record',
  'Synthetic01Record0.id',
  'Synthetic01Record0.amount1',
  'Synthetic01Record0.toggled',
  'Synthetic02Record0.id',
];
const asker = 'synthetic-01';
const owners = ['synthetic-01', 'synthetic-02'];
const purposeId = 'swap';
const dayMs = 86_400_000;

/** Has a purpose for the questions registered and approved, and gives the token that asks for it. */
export async function registerSwapPurpose(hub: PublishingHub): Promise<string> {
  const { authority } = hub;
  const call: PublishingHub['call'] = (...args) => hub.call(...args);
  await call(asker, 'PUT', `/purposes/${purposeId}`, {
    title: 'Benchmark',
    class: 'CASE_WORK',
    roles: ['case-worker'],
    documents: 'FREE',
    districts: null,
    coordinates,
    categories: [],
    validFrom: new Date(Date.now() - dayMs).toISOString(),
    validUntil: new Date(Date.now() + 100 * dayMs).toISOString(),
    dailyQuota: 1_000_000_000,
    riskAnalysis,
  });
  await call(asker, 'POST', `/purposes/${purposeId}/submit`, { version: 1 });
  for (const owner of owners) {
    await call(owner, 'POST', `/purposes/${purposeId}/approve`, { version: 1, categories: [] });
  }
  return authority.token('urn:tavolo:graph', asker, purposeId);
}

const riskAnalysis = {
  finality: 'Misurare',
  usesPersonalData: true,
  personalDataTypes: ['WITH_NON_IDENTIFYING_DATA'],
  legalBasis: ['PUBLIC_INTEREST'],
  legalBasisPublicInterest: 'RULE_OF_LAW',
  ruleOfLawText: 'Legge inventata 1/2000',
  dataQuantity: 'QUANTITY_101_TO_500',
  deliveryMethod: 'PSEUDOANONYMOUS',
  policyProvided: true,
  policyProvidedMedium: 'PRINT',
  confirmIntegrityAndConfidentiality: true,
  doneDpia: true,
  priorConsultation: false,
  dataDownload: false,
  dataRetentionPeriod: '1 anno',
  purposePursuit: 'NEW_PERSONAL_DATA',
  checkedAllDataNeeded: true,
  isRequestOnBehalfOfThirdParties: false,
  recipients: [],
  dataSubjects: ['Persone inventate'],
  declarationConfirmGDPR: true,
};
