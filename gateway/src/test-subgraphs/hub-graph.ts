import type { ConsumerState, PurposeState, RegistryState } from '@tavolo/access-model';
import type { startTestSubgraph } from './start-test-subgraph.ts';

type Resolvers = Parameters<typeof startTestSubgraph>[1];

/** Directives of the access rules, imported and composed as the institutions' own SDLs do it. */
export const accessLink = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires",
    "@inaccessible", "@composeDirective", "@authenticated", "@requiresScopes", "@policy", "@cost", "@listSize", "@interfaceObject"])
  @link(url: "https://tavolo.example/specs/access/v0.1", import: ["@owner", "@sensitive"])
  @composeDirective(name: "@owner") @composeDirective(name: "@sensitive")
  directive @sensitive(category: String!) repeatable on OBJECT | FIELD_DEFINITION | ENUM
  directive @owner(partner: String!) repeatable on OBJECT | FIELD_DEFINITION`;

const figures = '@requiresScopes(scopes: [["figures:read"]])';
const people = '@requiresScopes(scopes: [["people:read"]])';

export const receptionTypeDefs = `${accessLink}
  type Query {
    facilities(first: Int = 10): [Facility!] ${figures} @listSize(assumedSize: 10, slicingArguments: ["first"])
    facility(id: ID!): Facility ${figures}
    hiddenRooms(first: Int = 50): [HiddenRoom!] ${people} @listSize(assumedSize: 50, slicingArguments: ["first"])
  }
  type Facility @key(fields: "id") ${figures} {
    id: ID!
    name: String!
    places: Int
    kind(of: FacilityKind): FacilityKind
    guests: [Person!] ${people} @listSize(assumedSize: 5)
  }
  enum FacilityKind { HOTEL FLAT }
  type HiddenRoom ${people} { hiddenName(hiddenArgument: HiddenWord): HiddenWord }
  enum HiddenWord { HIDDEN_VALUE }
  type Person @key(fields: "id") ${people} { id: ID! entryAt: String }
`;

export const healthTypeDefs = `${accessLink}
  type Query { sites: [String!] ${figures} @listSize(assumedSize: 3) }
  type Person @key(fields: "id") ${people} {
    id: ID!
    entryAt: String @external
    events: [String!] @sensitive(category: "HEALTH") @owner(partner: "health-authority") @listSize(assumedSize: 4)
    hours: Float @requires(fields: "entryAt")
  }
`;

const facilities = [
  { id: 'f1', name: 'Casa Uno', places: 12, guests: [{ id: 'p1', entryAt: '2026-01-01' }] },
  { id: 'f2', name: 'Casa Due', places: 8, guests: [{ id: 'p2', entryAt: null }] },
];

export const receptionResolvers: Resolvers = {
  Query: {
    facilities: () => facilities,
    facility: (_: unknown, { id }: { id: string }) => facilities.find((each) => each.id === id),
    hiddenRooms: () => [{ hiddenName: 'HIDDEN_VALUE' }],
  },
  Facility: { kind: () => 'FLAT' },
  Person: { __resolveReference: ({ id }: { id: string }) => ({ id, entryAt: '2026-01-01' }) },
};

export const healthResolvers: Resolvers = {
  Query: { sites: () => ['Parma'] },
  Person: {
    __resolveReference: (reference: object) => reference,
    events: ({ id }: { id: string }) => [`event of ${id}`],
    hours: ({ entryAt }: { entryAt: string | null }) => (entryAt ? 12 : null),
  },
};

const figureFields = [
  'Query.facilities',
  'Query.facility',
  'Query.sites',
  'Facility.id',
  'Facility.name',
  'Facility.places',
  'Facility.kind',
];
const personFields = [
  'Facility.guests',
  'Person.id',
  'Person.entryAt',
  'Person.events',
  'Person.hours',
];

const purpose = (id: string, more: Partial<PurposeState>): PurposeState => ({
  id,
  version: 1,
  title: id,
  consumerId: 'comune-di-prova',
  class: 'ANALYSIS',
  roles: ['analyst'],
  documents: 'FREE',
  districts: null,
  coordinates: figureFields,
  categories: [],
  grants: {},
  validFrom: '2026-01-01T00:00:00Z',
  validUntil: '2027-01-01T00:00:00Z',
  dailyQuota: 1_000_000_000,
  suspensions: [],
  ...more,
});

const consumer = (id: string, issuer: string, clientId: string): ConsumerState => ({
  id,
  name: id,
  partnerId: null,
  districts: null,
  clients: [
    {
      issuer,
      clientId,
      organisation: null,
      roles: [
        'coordinator',
        'analyst',
        'case-worker',
        'partner-it',
        'privacy-officer',
        'fact-loader',
      ],
      actsFor: 'itself',
    },
  ],
  suspensions: [],
});

/** Two institutions, two consumers, and a purpose of every class; all of it invented. */
export function hubState(issuer: string, more: readonly PurposeState[] = []): RegistryState {
  return {
    version: 1,
    partners: [
      { id: 'reception-centres', name: 'R', subgraphs: ['reception-centres'], suspensions: [] },
      { id: 'health-authority', name: 'H', subgraphs: ['health-authority'], suspensions: [] },
    ],
    consumers: [
      consumer('comune-di-prova', issuer, 'desk'),
      consumer('others', issuer, 'others-desk'),
    ],
    purposes: [
      purpose('analysis', {}),
      purpose('care', {
        class: 'CASE_WORK',
        roles: ['case-worker'],
        coordinates: [...figureFields, ...personFields],
        categories: ['HEALTH'],
        grants: { 'health-authority': ['HEALTH'] },
        districts: ['PARMA'],
      }),
      purpose('table', { class: 'DASHBOARD', roles: ['coordinator'], documents: 'TRUSTED' }),
      purpose('facts', { class: 'FACTS', roles: ['fact-loader'], documents: 'TRUSTED' }),
      purpose('diagnostics', { class: 'DIAGNOSTICS', roles: ['analyst'] }),
      purpose('oversight', { roles: ['privacy-officer'], documents: 'TRUSTED', coordinates: [] }),
      purpose('future', { validFrom: '2026-12-31T00:00:00Z' }),
      purpose('past', { validUntil: '2026-02-01T00:00:00Z' }),
      purpose('suspended', {
        suspensions: [
          {
            side: 'consumer',
            by: 'comune-di-prova',
            reason: 'a pause',
            at: '2026-11-01T00:00:00Z',
          },
        ],
      }),
      purpose('of-others', { consumerId: 'others' }),
      purpose('only-operators', { roles: ['hub-operator'] }),
      ...more,
    ],
  };
}

/** A purpose like `analysis`, with what a test needs of its own. */
export const testPurpose = purpose;
