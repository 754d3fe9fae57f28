import { readFileSync } from 'node:fs';
import { type Role, roles } from '@tavolo/access-model';
import { readClientSchema, readDecisions } from '@tavolo/schema-check';
import { expect, it } from 'vitest';
import { createDemoPurposes } from './demo-purposes.ts';
import { createPermissions, describePermissions } from './permissions.ts';
import { readExamples } from './read-examples.ts';
import { supergraphFile } from './supergraph-file.ts';

const supergraph = readFileSync(supergraphFile, 'utf8');
const decisions = readDecisions(supergraph);
const permissions = createPermissions(decisions);

const allowed = (role: Role) =>
  permissions.filter((each) => each.roles[role] === 'ALLOWED').map(({ coordinate }) => coordinate);
const typesOf = (coordinates: readonly string[]) =>
  new Set(coordinates.map((coordinate) => coordinate.split('.')[0]));

const aboutPeople = [
  'Person',
  'Household',
  'Stay',
  'AsylumStep',
  'ImmediateReception',
  'HealthEvent',
  'VulnerabilityFlag',
  'SocialCase',
  'IntegratedPlan',
  'DeskContact',
  'TutorMatch',
  'Volunteer',
  'PublicUtilityActivity',
];

it.each(['coordinator', 'analyst', 'partner-it', 'privacy-officer', 'hub-operator'] as const)(
  'no field of a person, and none that leads to one, is open to the role %s',
  (role) => {
    const types = typesOf(allowed(role));
    expect(aboutPeople.filter((type) => types.has(type))).toEqual([]);
    const leading = [
      'Facility.guests',
      'Facility.stays',
      'Query.socialCases',
      'Query.tutorMatches',
    ];
    expect(allowed(role).filter((coordinate) => leading.includes(coordinate))).toEqual([]);
  },
);

it('who only watches over purposes or registers clients reads where a page ends, and nothing else', () => {
  for (const role of ['privacy-officer', 'hub-operator'] as const) {
    expect([...typesOf(allowed(role))]).toEqual(['PageInfo']);
  }
});

it('references to people are for the case worker and the loading of facts alone', () => {
  for (const coordinate of ['Person.ref', 'Household.ref']) {
    const may = roles.filter((role) => allowed(role).includes(coordinate));
    expect(may).toEqual(['case-worker', 'fact-loader']);
  }
});

it('what tells a vulnerability is marked wherever it is returned', () => {
  const telling = [
    'VulnerabilityFlag.category',
    'ImmediateReception.vulnerabilityCategory',
    'NeedsAssessment.vulnerabilityFactors',
  ];
  for (const coordinate of telling) {
    const found = permissions.find((each) => each.coordinate === coordinate);
    expect(found?.categories).toEqual(['HEALTH', 'MINOR', 'VIOLENCE_TRAFFICKING']);
  }
});

it('the page for people has a line for every field', () => {
  const page = describePermissions(permissions);
  expect(page.split('\n').filter((line) => line.startsWith('| `'))).toHaveLength(
    permissions.length,
  );
});

it('a demo purpose never lists more than its role may read', async () => {
  const schema = readClientSchema(supergraph);
  const purposes = createDemoPurposes(decisions, await readExamples(), schema);
  expect(purposes).toHaveLength(7);
  for (const { role, coordinates } of purposes) {
    const may = new Set(allowed(role));
    expect(coordinates.filter((coordinate) => !may.has(coordinate))).toEqual([]);
  }
});

it("the own part of one institution's diagnostics holds nothing of another", async () => {
  const schema = readClientSchema(supergraph);
  const purposes = createDemoPurposes(decisions, await readExamples(), schema);
  const own = purposes.find(({ id }) => id === 'own-diagnostics')?.byPartner?.['health-authority'];
  expect(own).toEqual(
    expect.arrayContaining(['Query.healthAuthorityRejections', 'FeedRejection.reason']),
  );
  expect(own?.filter((coordinate) => coordinate.startsWith('Query.'))).toEqual([
    'Query.healthAuthorityRejections',
    'Query.healthFeedStatus',
  ]);
});

it('an example that asks for more than the role of its purpose may read is refused', async () => {
  const schema = readClientSchema(supergraph);
  const examples = (await readExamples()).map((example) =>
    example.name === 'free-places'
      ? { ...example, text: '{ facilities { nodes { guests { id } } } }' }
      : example,
  );
  expect(() => createDemoPurposes(decisions, examples, schema)).toThrow(
    /table-figures: coordinator may not read/u,
  );
  expect(() => createDemoPurposes(decisions, [], schema)).toThrow(/does not exist/u);
});
