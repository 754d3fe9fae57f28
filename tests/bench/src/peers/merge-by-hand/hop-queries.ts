/** What the gateway's plan asks each subgraph for the table's question; the benchmark compares the answers. */
export const hopQueries = {
  facilities: `query ($district: District!, $after: String) {
    facilities(district: $district, first: 100, after: $after) {
      nodes {
        id receptionType municipality { name }
        guests(first: 100) { id entryAt person { receptionCentresKey } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }`,
  people: entitiesQuery(
    'Person',
    'ref socialServicesKey healthAuthorityKey households { ref volunteerRegistryHouseholdKey }',
  ),
  entries: entitiesQuery('Person', 'receptionEntryAt'),
  cases: entitiesQuery(
    'Person',
    'socialCases(status: OPEN) { id openedAt plan { areas { area localCode state } } }',
  ),
  tutors: entitiesQuery('Household', 'tutorMatches { id from tutors { languages } }'),
  contacts: entitiesQuery('Person', 'hoursToFirstHealthEvent firstHealthEvent { at serviceType }'),
} as const;

function entitiesQuery(type: string, selection: string): string {
  return `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on ${type} { ${selection} } }
  }`;
}
