/** What a project can begin as. */
export const projectKinds = ['apollo', 'mercurius', 'sql', 'csv', 'fhir', 'other'] as const;
export type ProjectKind = (typeof projectKinds)[number];

/** What each is for, as it is offered. */
export const kindTitles: Readonly<Record<ProjectKind, string>> = {
  apollo: 'Apollo Server, over a store that you write',
  mercurius: 'Mercurius, over a store that you write',
  sql: 'a table in PostgreSQL',
  csv: 'a folder where CSV or XLSX exports are dropped',
  fhir: 'a feed of HL7 v2 messages and FHIR R4 files',
  other: 'another language: the contract on one page, the schema, tavolo.json',
};

/** Folders of `templates/` that make a project, in this order. */
export const kindParts: Readonly<Record<ProjectKind, readonly string[]>> = {
  apollo: ['common', 'apollo', 'memory'],
  mercurius: ['common', 'mercurius', 'memory'],
  sql: ['common', 'apollo', 'snapshot', 'mapped', 'sql'],
  csv: ['common', 'apollo', 'snapshot', 'mapped', 'drop', 'csv'],
  fhir: ['common', 'apollo', 'snapshot', 'drop', 'fhir'],
  other: ['other'],
};

/** Of a project in another language these files of the common part stay. */
export const otherFiles: readonly string[] = ['schema.graphql', 'tavolo.json'];

type Packages = Readonly<Record<string, string>>;

const common: Packages = {
  '@apollo/subgraph': '2.14.4',
  dataloader: '2.2.3',
  fastify: '5.12.8',
  graphql: '16.15.0',
  pino: '10.4.0',
  tsx: '4.23.15',
  zod: '4.6.7',
};
const apollo: Packages = { '@apollo/server': '5.5.1', '@as-integrations/fastify': '3.1.0' };

/** The versions this repository is tested with: a test holds them to its lock file. */
export const kindDependencies: Readonly<Record<Exclude<ProjectKind, 'other'>, Packages>> = {
  apollo: { ...common, ...apollo },
  mercurius: { ...common, mercurius: '16.10.1' },
  sql: {
    ...common,
    ...apollo,
    '@electric-sql/pglite': '0.5.14',
    kysely: '0.28.18',
    libsql: '0.5.29',
    pg: '8.23.1',
  },
  csv: { ...common, ...apollo, 'csv-parse': '7.0.3', exceljs: '4.4.0', libsql: '0.5.29' },
  fhir: { ...common, ...apollo, '@medplum/core': '4.5.2', libsql: '0.5.29' },
};

export const developmentDependencies: Packages = {
  '@types/node': '20.19.43',
  typescript: '5.9.3',
  vitest: '4.1.12',
};
export const kindDevelopmentDependencies: Readonly<Partial<Record<ProjectKind, Packages>>> = {
  sql: { '@types/pg': '8.23.1' },
};

/** Where the newest of a dependency's dependencies asks for more than Node 20. */
export const overrides: Packages = {
  '@graphql-tools/schema': '10.0.31',
  '@graphql-tools/utils': '11.0.0',
  '@graphql-tools/merge': '9.1.7',
  'light-my-request': '6.6.0',
  '@fastify/static': '9.3.0',
};
