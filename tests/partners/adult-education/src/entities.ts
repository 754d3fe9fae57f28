import { isMembers } from './caller.ts';
import type { Loaders } from './loaders.ts';
import { Refusal } from './refusal.ts';

const KEY_FIELDS: ReadonlyMap<string, string> = new Map([
  ['Person', 'adultEducationKey'],
  ['AdultEducationCourse', 'id'],
  ['AdultEducationEnrolment', 'id'],
]);

async function readEntity(representation: unknown, loaders: Loaders): Promise<object | null> {
  const type = isMembers(representation) ? representation['__typename'] : undefined;
  const keyField = typeof type === 'string' ? KEY_FIELDS.get(type) : undefined;
  if (!isMembers(representation) || typeof type !== 'string' || keyField === undefined) {
    throw new Refusal('BAD_USER_INPUT', 'A representation is of a type without a key here.');
  }
  const key = representation[keyField] ?? null;
  if (key === null) return null;
  if (typeof key !== 'string') {
    throw new Refusal('BAD_USER_INPUT', `${type}.${keyField} of a representation is no text.`);
  }
  if (type === 'Person') {
    const person = await loaders.person.load(key);
    return person === null ? null : { __typename: type, adultEducationKey: person };
  }
  const row = await (type === 'AdultEducationCourse'
    ? loaders.course.load(key)
    : loaders.enrolment.load(key));
  return row === null ? null : { __typename: type, ...row };
}

/**
 * The entities in the order of their representations. Each stands alone: an error is given as the value of its own place,
 * where @apollo/subgraph would let one bad representation fail the whole list.
 */
export async function readEntities(
  representations: readonly unknown[],
  loaders: Loaders,
): Promise<readonly unknown[]> {
  return await Promise.all(
    representations.map(
      async (one) =>
        await readEntity(one, loaders).catch((error: unknown) =>
          error instanceof Error ? error : new Error('The entity could not be read.'),
        ),
    ),
  );
}
