import {
  buildASTSchema,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
} from 'graphql';
import { type AnyOf, allOf } from './any-of.ts';
import { directivesOf, listsArgument, textArgument } from './directive-values.ts';
import { refuseRenamedDirectives } from './refuse-renamed-directives.ts';
import { requiredFields } from './required-fields.ts';

/** Who may ask for one field, whose it is and what it tells, with all that its types imply. */
export interface FieldDecision {
  /** `Person.stays`. */
  readonly coordinate: string;
  /** Whether the field or its own type decides; a field that nobody decided on is readable by nobody. */
  readonly isDecided: boolean;
  /** Decided, and every caller who is known may read it. */
  readonly isAuthenticatedOnly: boolean;
  /** Any of these sets of scopes; `[]` asks for none. */
  readonly scopes: AnyOf;
  /** Any of these sets of policies, and the scopes as well; `[]` asks for none. */
  readonly policies: AnyOf;
  /** Special categories it tells, in alphabetical order. */
  readonly categories: readonly string[];
  /** Who decides about it: `@owner` of the field, else of its type. */
  readonly owners: readonly string[];
}

interface Element {
  readonly astNode?: unknown;
}

type OutputField = GraphQLField<unknown, unknown>;

/**
 * Reads every field a client can see in a composed supergraph and what is decided about it: on itself, on
 * its type, on what it returns, on what implements its interface, on its arguments' types and on the fields
 * it is computed from. For documentation and tests: the gate of the hub has a reading of its own.
 */
export function readDecisions(supergraphSdl: string): readonly FieldDecision[] {
  const document = parse(supergraphSdl, { noLocation: true });
  refuseRenamedDirectives(document);
  const schema = buildASTSchema(document, {
    assumeValid: true,
    assumeValidSDL: true,
  });
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .filter((type) => !type.name.startsWith('__') && !isHidden(type))
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => !isHidden(field))
        .map((field) => decisionOf(schema, type, field)),
    )
    .sort((one, other) => (one.coordinate < other.coordinate ? -1 : 1));
}

function decisionOf(
  schema: GraphQLSchema,
  type: GraphQLNamedType,
  field: OutputField,
): FieldDecision {
  const elements = elementsOf(schema, type, field, new Set());
  const called = (name: string) =>
    elements.flatMap((element) => directivesOf(element).filter((each) => each.name.value === name));
  const scopes = allOf(called('requiresScopes').map((each) => listsArgument(each, 'scopes')));
  const policies = allOf(called('policy').map((each) => listsArgument(each, 'policies')));
  const isDecided = isDecidedOn(schema, type, field);
  const own = ownersOf(field);
  return {
    coordinate: `${type.name}.${field.name}`,
    isDecided,
    isAuthenticatedOnly: isDecided && scopes.length === 0 && policies.length === 0,
    scopes,
    policies,
    categories: unique(called('sensitive').map((each) => textArgument(each, 'category'))),
    owners: own.length > 0 ? own : ownersOf(type),
  };
}

/** Everything whose directives speak of this field. */
function elementsOf(
  schema: GraphQLSchema,
  type: GraphQLNamedType,
  field: OutputField,
  seen: Set<string>,
): Element[] {
  const coordinate = `${type.name}.${field.name}`;
  if (seen.has(coordinate)) return [];
  seen.add(coordinate);
  return [
    type,
    field,
    getNamedType(field.type),
    ...field.args.flatMap((argument) => [argument, ...elementsOfInput(argument.type, new Set())]),
    ...alike(schema, type, field).flatMap(([other, same]) => elementsOf(schema, other, same, seen)),
    ...requiredFields(schema, type, field).flatMap(([other, needed]) =>
      elementsOf(schema, other, needed, seen),
    ),
  ];
}

/** The same field in what implements an interface, and in the interfaces of an object. */
function alike(schema: GraphQLSchema, type: GraphQLNamedType, field: OutputField) {
  const others = isInterfaceType(type)
    ? schema.getPossibleTypes(type)
    : isObjectType(type)
      ? type.getInterfaces()
      : [];
  return others.flatMap((other) => {
    const same = other.getFields()[field.name];
    return same ? [[other, same] as const] : [];
  });
}

function elementsOfInput(inputType: GraphQLInputType, seen: Set<string>): Element[] {
  const named = getNamedType(inputType);
  if (seen.has(named.name)) return [];
  seen.add(named.name);
  const inside = isInputObjectType(named) ? Object.values(named.getFields()) : [];
  return [named, ...inside.flatMap((field) => [field, ...elementsOfInput(field.type, seen)])];
}

function isDecidedOn(schema: GraphQLSchema, type: GraphQLNamedType, field: OutputField): boolean {
  const decides = [type, field].some((element) =>
    directivesOf(element).some(({ name }) =>
      ['authenticated', 'requiresScopes', 'policy'].includes(name.value),
    ),
  );
  if (decides || !isInterfaceType(type)) return decides;
  // Composition leaves an interface's decision to what implements it.
  const implemented = alike(schema, type, field);
  return (
    implemented.length > 0 && implemented.every(([other, same]) => isDecidedOn(schema, other, same))
  );
}

function ownersOf(element: Element): readonly string[] {
  return unique(
    directivesOf(element)
      .filter(({ name }) => name.value === 'owner')
      .map((directive) => textArgument(directive, 'partner')),
  );
}

function isHidden(element: Element & { readonly name: string }): boolean {
  return (
    element.name.includes('__') ||
    directivesOf(element).some(({ name }) => name.value === 'inaccessible')
  );
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}
