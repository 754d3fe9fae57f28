import { readFile } from 'node:fs/promises';
import type { Role, SensitiveCategory } from '@tavolo/access-model';
import { permissionsFile, readClientSchema, supergraphFile } from '@tavolo/schemas';
import { type GraphQLSchema, isIntrospectionType, isObjectType } from 'graphql';
import type { MatrixPurpose } from './matrix-purposes.ts';

/** A line of `permissions.json`: what the schema says of one field to each role. */
export interface Permission {
  readonly coordinate: string;
  readonly roles: Readonly<Record<Role, string>>;
  readonly categories: readonly SensitiveCategory[];
}

export async function readPermissions(): Promise<ReadonlyMap<string, Permission>> {
  // Generated beside the schemas, which test it.
  const { fields } = JSON.parse(await readFile(permissionsFile, 'utf8')) as {
    fields: readonly Permission[];
  };
  return new Map(fields.map((field) => [field.coordinate, field]));
}

export async function readSchema(): Promise<GraphQLSchema> {
  return readClientSchema(await readFile(supergraphFile, 'utf8'));
}

/** Every field a client could ask for. */
export function everyCoordinate(schema: GraphQLSchema): readonly string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !isIntrospectionType(type))
    .flatMap((type) =>
      isObjectType(type)
        ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)
        : [],
    )
    .sort();
}

/** Whether a role may read a field for a purpose; a field nobody decided about throws. */
export function mayRead(
  permissions: ReadonlyMap<string, Permission>,
  role: Role,
  purpose: MatrixPurpose,
  coordinate: string,
): boolean {
  const permission = permissions.get(coordinate);
  const access = permission?.roles[role];
  if (permission === undefined || access === undefined || access === 'UNDECIDED') {
    throw new Error(`${coordinate}: nobody decided whether ${role} may read it`);
  }
  return (
    access === 'ALLOWED' &&
    purpose.coordinates.has(coordinate) &&
    permission.categories.every((category) => purpose.categories.includes(category))
  );
}
