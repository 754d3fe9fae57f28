/** Who may import whom: the two one-way roads, kept by a machine. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'services-never-import-each-other',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'nothing-imports-a-service-or-the-gateway-but-tests',
      severity: 'error',
      from: { path: '^(packages|schemas|clients)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(services|gateway)/' },
    },
    {
      name: 'only-tests-open-the-gate',
      severity: 'error',
      from: {
        pathNot: [
          '^tests/',
          '^gateway/src/test-subgraphs/',
          '\\.test\\.ts$',
          '^gateway/src/(hostile|fuzz)',
        ],
      },
      to: { path: '^gateway/src/test-subgraphs/' },
    },
    {
      name: 'the-gateway-never-imports-a-partner',
      severity: 'error',
      from: { path: '^gateway/' },
      to: { path: '^services/' },
    },
    {
      name: 'resolvers-know-no-sql-no-parser-no-driver',
      severity: 'error',
      from: { path: '^services/[^/]+/src/resolvers/', pathNot: '\\.test\\.ts$' },
      to: {
        path: ['^services/[^/]+/src/feed/', 'node_modules/(pg|kysely|mongoose|libsql)/'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'only-store-adapters-import-a-driver',
      severity: 'error',
      from: {
        path: '^services/[^/]+/src/',
        pathNot: [
          '/src/store/',
          '/src/(main|service)\\.ts$',
          '\\.(test|fixture)\\.ts$',
          '/fixture-database\\.ts$',
        ],
      },
      to: { path: 'node_modules/(pg|mongoose|libsql)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'feeds-do-not-know-graphql',
      severity: 'error',
      from: { path: '^services/[^/]+/src/feed/', pathNot: '\\.test\\.ts$' },
      to: { path: ['/src/(resolvers|loaders|generated)/', 'node_modules/graphql/'] },
    },
    {
      name: 'the-demo-knows-formats-not-services',
      severity: 'error',
      from: { path: '^packages/demo-province/' },
      to: { path: '^services/' },
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: {},
      // Types alone, of @types: there is no module to resolve.
      to: { couldNotResolve: true, pathNot: '^topojson-specification$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|generated)/|^clients/cli/templates/|^tests/bench/.peers/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
