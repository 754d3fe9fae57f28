import { type Role, roles } from '@tavolo/access-model';
import { demoToken } from '@tavolo/embedded-hub';
import { type Asker, factLoaderToken } from '@tavolo/harness';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { askMatrix, askSchema, eachOf, type Outcome } from './ask-matrix.ts';
import { matrixAccount } from './matrix-hub.ts';
import { type MatrixPurpose, matrixPurposes, purposeRefusal } from './matrix-purposes.ts';
import {
  everyCoordinate,
  mayRead,
  type Permission,
  readPermissions,
  readSchema,
} from './permissions.ts';
import { createReach } from './reach.ts';

const permissions: ReadonlyMap<string, Permission> = await readPermissions();
const schema = await readSchema();
const purposes = await matrixPurposes(permissions);
const coordinates = everyCoordinate(schema);

/** Somebody of a role, at the shared hub, for a purpose. */
export async function askerFor(role: Role, purposeId: string): Promise<Asker> {
  const { gatewayUrl, issuerUrl, folder } = inject('sharedHub');
  const token =
    role === 'fact-loader'
      ? await factLoaderToken({ folder, issuerUrl }, purposeId)
      : await demoToken(issuerUrl, matrixAccount(role), 'urn:tavolo:graph', purposeId);
  return { gatewayUrl, token };
}

/** One role against every purpose and every field: what `permissions.json` and the purpose say, and nothing else. */
export function describeMatrix(role: Role): void {
  it('the matrix leaves out no role and no field', () => {
    expect(roles).toContain(role);
    expect(coordinates.length).toBeGreaterThan(300);
    expect(coordinates.filter((coordinate) => !permissions.has(coordinate))).toEqual([]);
  });

  const others = purposes.filter((purpose) => purposeRefusal(role, purpose) !== null);
  it.each(others)('asks nothing for $id, whatever the field', async (purpose) => {
    const asker = await askerFor(role, purpose.id);
    // Refused before anything of the question is read, so a few fields stand for all.
    for (const query of ['{ facilities { nodes { id } } }', '{ nothingSuch }', 'no question']) {
      expect(await askMatrix(asker, query, 'FREE')).toEqual({
        code: 'PURPOSE_REFUSED',
        reason: purposeRefusal(role, purpose),
      });
    }
  });

  const own = purposes.filter((purpose) => purposeRefusal(role, purpose) === null);
  describe.each(own)('for $id', (purpose) => {
    const may = (coordinate: string) => mayRead(permissions, role, purpose, coordinate);
    let asker: Asker;
    beforeAll(async () => {
      asker = await askerFor(role, purpose.id);
    });

    it('each field is answered or refused by its name, as the matrix says', async () => {
      const surprises = await surprisesOf(asker, purpose, may);
      expect(surprises).toEqual([]);
    });

    it('is shown what it may ask for and nothing else', async () => {
      const shown = (await askSchema(asker)) ?? [];
      const reach = createReach(schema, may);
      const reachable = coordinates.filter((each) => reach(each).coordinates.every(may));
      expect(shown).toEqual(reachable);
    });
  });

  const trusted = own.filter(({ documents }) => documents === 'TRUSTED');
  describe.each(trusted)('for $id, with questions of its own', (purpose) => {
    it('asks no field at all', async () => {
      const asker = await askerFor(role, purpose.id);
      const reach = createReach(schema, (each) => mayRead(permissions, role, purpose, each));
      // Refused before it is read which field it asks for, so some of each type stand for all.
      const some = coordinates.filter((_, index) => index % 10 === 0);
      await eachOf(some, async (coordinate) => {
        const query = reach(coordinate).query.replace('{', '{ mine: __typename');
        expect(await askMatrix(asker, query, 'FREE')).toEqual({ code: 'DOCUMENT_NOT_TRUSTED' });
      });
    });
  });
}

async function surprisesOf(
  asker: Asker,
  purpose: MatrixPurpose,
  may: (coordinate: string) => boolean,
): Promise<readonly object[]> {
  const reach = createReach(schema, may);
  const surprises: object[] = [];
  let answered = 0;
  await eachOf(coordinates, async (coordinate) => {
    const way = reach(coordinate);
    const refused = way.coordinates.filter((each) => !may(each));
    const outcome = await askMatrix(asker, way.query, purpose.documents);
    if (outcome === 'ANSWERED') answered += 1;
    if (isExpected(outcome, refused)) return;
    surprises.push({ coordinate, expected: refused, outcome });
  });
  expect(answered).toBeGreaterThan(20);
  return surprises;
}

function isExpected(outcome: Outcome, refused: readonly string[]): boolean {
  if (outcome === 'ANSWERED') return refused.length === 0;
  return outcome.code === 'FORBIDDEN' && refused.includes(outcome.coordinate ?? '');
}
