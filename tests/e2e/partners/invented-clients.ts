import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createWorld } from '@tavolo/demo-province';
import { testDemo } from '@tavolo/harness';

/** The local ids of the invented data that every new project has: PERSON-001 … PERSON-025. */
const localIds = Array.from({ length: 25 }, (_, at) => `PERSON-${String(at + 1).padStart(3, '0')}`);

/**
 * Some of today's guests of the province's reception centres as clients of an institution that joins, with the CUI the centres
 * wrote down: CSV for `tavolo link encode`. Nobody protected is among them.
 */
export async function inventedClients(hubFolder: string): Promise<string> {
  const choice = JSON.parse(await readFile(join(hubFolder, 'demo', 'choice.json'), 'utf8')) as {
    today: string;
  };
  const { people, stays } = createWorld({
    seed: testDemo.seed,
    size: testDemo.size,
    today: choice.today,
  });
  // Whoever left long ago is in no register that the institutions still send.
  const here = new Set(
    stays.filter(({ exitAt }) => exitAt === undefined).map((stay) => stay.personId),
  );
  const guests = people.flatMap(({ id, records }) => {
    const record = records['reception-centres'];
    const cui = record?.identifiers.find(({ kind }) => kind === 'CUI')?.value;
    const isProtected = Object.values(records).some((each) => each.isRestricted === true);
    return !here.has(id) || record === undefined || cui === undefined || isProtected
      ? []
      : [{ ...record, cui }];
  });
  const rows = localIds.flatMap((localId, at) => {
    const guest = guests[at];
    return guest === undefined
      ? []
      : [
          [
            localId,
            guest.givenName,
            guest.familyName,
            guest.birthDate,
            guest.cui,
            '2026-01-01',
          ].join(';'),
        ];
  });
  return ['local_id;given_name;family_name;birth_date;cui;known_since', ...rows, ''].join('\n');
}
