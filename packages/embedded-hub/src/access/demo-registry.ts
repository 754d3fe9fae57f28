import { readFile } from 'node:fs/promises';
import { sensitiveCategory } from '@tavolo/access-model';
import { demoPurposeFile } from '@tavolo/schemas';
import { z } from 'zod';
import { type SubgraphName, subgraphNames } from '../process-name.ts';
import { demoAccounts, factLoaderClient } from './demo-accounts.ts';

const listedPurpose = z.object({
  id: z.string(),
  title: z.string(),
  class: z.string(),
  role: z.string(),
  documents: z.string(),
  coordinates: z.array(z.string()),
  categories: z.array(sensitiveCategory),
  owners: z.array(z.string()),
  byPartner: z.record(z.string(), z.array(z.string())).optional(),
});

/** A purpose of the demo: who asks for it, in the registry's own form. */
export interface DemoPurposeRequest {
  readonly id: string;
  readonly consumerId: string;
  readonly categories: readonly string[];
  readonly content: object;
}

/** The clients that people log in with; the account's organisation says whose they are. */
const sharedClients = ['tavolo-explorer', 'tavolo-cli'];

const contactOffice = { name: 'Ufficio inventato', email: 'ufficio@example.org' };

/** The institutions that answer, as a hub operator writes them. */
export function demoPartners(): readonly { readonly id: SubgraphName; readonly content: object }[] {
  return subgraphNames.map((id) => ({
    id,
    content: {
      name: `${id} (invented)`,
      subgraphs: [id],
      contactOffice,
      legalBasis: 'D.Lgs. 142/2015, art. 8 (invented example)',
      agreements: [],
    },
  }));
}

/** The organisations that ask. */
export function demoConsumers(
  issuer: string,
): readonly { readonly id: string; readonly content: object }[] {
  const ids = [...new Set(demoAccounts.map(({ organisationId }) => organisationId))];
  return ids.map((id) => {
    const roles = [
      ...new Set(
        demoAccounts
          .filter(({ organisationId }) => organisationId === id)
          .flatMap((account) => [...account.roles]),
      ),
    ];
    const clients: object[] = sharedClients.map((clientId) => ({
      issuer,
      clientId,
      organisation: id,
      roles,
      actsFor: 'people',
    }));
    if (id === 'provincial-table') {
      clients.push({
        issuer,
        clientId: factLoaderClient,
        organisation: null,
        roles: ['fact-loader'],
        actsFor: 'itself',
      });
    }
    return {
      id,
      content: {
        name: `${id} (invented)`,
        partnerId: subgraphNames.find((partner) => partner === id) ?? null,
        districts: null,
        contactOffice,
        dataProtectionOffice: null,
        agreements: [],
        clients,
      },
    };
  });
}

/** The purposes of the demo accounts, from `today`, a day `YYYY-MM-DD`, for a year. */
export async function demoPurposes(today: string): Promise<readonly DemoPurposeRequest[]> {
  return [
    await request('table-figures', 'provincial-table', today, null),
    await request('table-coordination', 'provincial-table', today, null),
    await request('integration-analysis', 'provincial-table', today, null),
    await request('table-facts', 'provincial-table', today, null),
    await request('integrated-care', 'social-services', today, null),
    await request('own-diagnostics', 'reception-centres', today, 'reception-centres'),
  ];
}

async function request(
  id: string,
  consumerId: string,
  today: string,
  ownPartner: string | null,
): Promise<DemoPurposeRequest> {
  const listed = listedPurpose.parse(JSON.parse(await readFile(demoPurposeFile(id), 'utf8')));
  const coordinates =
    ownPartner === null ? listed.coordinates : (listed.byPartner?.[ownPartner] ?? []);
  return {
    id,
    consumerId,
    categories: listed.categories,
    content: {
      title: listed.title,
      class: listed.class,
      roles: [listed.role],
      documents: listed.documents,
      districts: null,
      coordinates,
      categories: listed.categories,
      validFrom: `${today}T00:00:00Z`,
      validUntil: `${Number(today.slice(0, 4)) + 1}${today.slice(4)}T00:00:00Z`,
      dailyQuota: 1_000_000_000,
      riskAnalysis: riskAnalysis(listed.title, listed.class, listed.categories.length > 0),
    },
  };
}

/** The answers of the PDND form, as the class of the purpose makes them. */
function riskAnalysis(
  finality: string,
  purposeClass: string,
  hasSpecialCategories: boolean,
): object {
  const answers = {
    finality: `${finality}; invented example`,
    dataQuantity: 'QUANTITY_1001_TO_5000',
    confirmIntegrityAndConfidentiality: true,
    dataDownload: false,
    isRequestOnBehalfOfThirdParties: false,
    recipients: [],
    declarationConfirmGDPR: true,
  };
  if (purposeClass === 'DIAGNOSTICS') {
    return {
      ...answers,
      usesPersonalData: false,
      personalDataTypes: [],
      legalBasis: [],
      deliveryMethod: 'ANONYMOUS',
      policyProvided: false,
      doneDpia: false,
      dataSubjects: [],
    };
  }
  const isAboutPeople = purposeClass === 'CASE_WORK' || purposeClass === 'FACTS';
  return {
    ...answers,
    usesPersonalData: true,
    personalDataTypes: [
      'WITH_NON_IDENTIFYING_DATA',
      ...(hasSpecialCategories ? ['GDPR_ART_8', 'GDPR_ART_9'] : []),
    ],
    legalBasis: ['PUBLIC_INTEREST'],
    legalBasisPublicInterest: 'RULE_OF_LAW',
    ruleOfLawText: 'D.Lgs. 142/2015, art. 17; D.Lgs. 196/2003, art. 2-sexies',
    deliveryMethod: isAboutPeople ? 'PSEUDOANONYMOUS' : 'AGGREGATE',
    policyProvided: true,
    policyProvidedMedium: 'PRINT',
    doneDpia: true,
    priorConsultation: false,
    dataRetentionPeriod: '1 anno',
    purposePursuit: 'NEW_PERSONAL_DATA',
    checkedAllDataNeeded: true,
    dataSubjects: ['Richiedenti asilo e rifugiati (inventati)'],
  };
}
