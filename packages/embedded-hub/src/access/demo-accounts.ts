import type { DemoAccount } from '@tavolo/development-issuer';
import { type SubgraphName, subgraphNames } from '../process-name.ts';

/** One account per role, shown to a newcomer first. */
export const roleAccounts: readonly DemoAccount[] = [
  {
    id: 'coordinator',
    name: 'Carla Inventata',
    organisationId: 'provincial-table',
    organisation: 'Tavolo provinciale asilo (invented)',
    roles: ['coordinator'],
    districts: null,
    purposes: ['table-figures', 'table-coordination'],
  },
  {
    id: 'analyst',
    name: 'Andrea Inventato',
    organisationId: 'provincial-table',
    organisation: 'Tavolo provinciale asilo (invented)',
    roles: ['analyst'],
    districts: null,
    purposes: ['integration-analysis'],
  },
  {
    id: 'case-worker',
    name: 'Chiara Inventata',
    organisationId: 'social-services',
    organisation: 'Servizi sociali comunali (invented)',
    roles: ['case-worker'],
    districts: ['FIDENZA'],
    purposes: ['integrated-care'],
  },
  {
    id: 'partner-it',
    name: 'Piero Inventato',
    organisationId: 'reception-centres',
    organisation: 'Centri di accoglienza (invented)',
    roles: ['partner-it'],
    districts: null,
    purposes: ['own-diagnostics'],
  },
  {
    id: 'privacy-officer',
    name: 'Paola Inventata',
    organisationId: 'provincial-table',
    organisation: 'Tavolo provinciale asilo (invented)',
    roles: ['privacy-officer'],
    districts: null,
    purposes: [],
  },
  {
    id: 'hub-operator',
    name: 'Omar Inventato',
    organisationId: 'hub-operations',
    organisation: 'Gestore di Tavolo (invented)',
    roles: ['hub-operator'],
    districts: null,
    purposes: [],
  },
];

/** The privacy officer of an institution: who approves for its data. */
export function privacyOfficerOf(partner: SubgraphName): string {
  return `privacy-officer-${partner}`;
}

/** Sees the people of the whole province: for tests, and to look at what one district does not show. */
const provinceCaseWorker: DemoAccount = {
  id: 'case-worker-province',
  name: 'Clara Inventata',
  organisationId: 'social-services',
  organisation: 'Servizi sociali comunali (invented)',
  roles: ['case-worker'],
  districts: null,
  purposes: ['integrated-care'],
};

const partnerOfficers: readonly DemoAccount[] = subgraphNames.map((partner) => ({
  id: privacyOfficerOf(partner),
  name: 'Privato Inventato',
  organisationId: partner,
  organisation: `${partner} (invented)`,
  roles: ['privacy-officer'],
  districts: null,
  purposes: [],
}));

/** Everybody who can log in to the embedded hub. */
export const demoAccounts: readonly DemoAccount[] = [
  ...roleAccounts,
  provinceCaseWorker,
  ...partnerOfficers,
];

/** The table's own program, which loads its facts with a key of its own. */
export const factLoaderClient = 'table-fact-loader';
