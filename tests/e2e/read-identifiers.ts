import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createWorld } from '@tavolo/demo-province';
import { testDemo } from '@tavolo/harness';

/**
 * Every identifier and name that some institution wrote down about an invented person or volunteer, drawn
 * again from the seed. Words of the public language (a name that is also a place) cannot tell a leak, so
 * names count only where they are longer than eight letters or joined to another.
 */
export async function readIdentifiers(hubFolder: string): Promise<readonly string[]> {
  const choice = JSON.parse(await readFile(join(hubFolder, 'demo', 'choice.json'), 'utf8')) as {
    today: string;
  };
  const world = createWorld({ seed: testDemo.seed, size: testDemo.size, today: choice.today });
  const found = new Set<string>();
  for (const person of world.people) {
    for (const record of Object.values(person.records)) {
      found.add(`${record.familyName} ${record.givenName}`);
      found.add(`${record.givenName} ${record.familyName}`);
      for (const { value } of record.identifiers) found.add(value);
    }
  }
  for (const volunteer of world.volunteers) {
    found.add(volunteer.codiceFiscale);
    found.add(`${volunteer.familyName} ${volunteer.givenName}`);
  }
  for (const event of world.healthEvents) found.add(event.diagnosisText);
  return [...found];
}
