import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type DocumentNode,
  execute,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type GraphQLTypeResolver,
  isInterfaceType,
  isUnionType,
  Kind,
  parse,
  type SelectionSetNode,
  validate,
} from 'graphql';
import { matchEntity, receivedValues } from './match-entity.ts';
import { readFacts, readKeySelections, type SubgraphFacts } from './read-facts.ts';
import type { Instance, World } from './world.ts';

/** What a subgraph was asked for beyond what its SDL offers, or in a way that cannot be answered rightly. */
export interface Violation {
  readonly subgraph: string;
  readonly message: string;
}

/** A value that a subgraph read for an answer, and where in the answer it is. */
export interface ReadSite {
  readonly subgraph: string;
  /** As this subgraph calls it; of an entity that was looked up, as the representation does. */
  readonly parentType: string;
  readonly identity: string;
  readonly field: string;
  readonly path: readonly (string | number)[];
}

/** What one call to a subgraph needs to know and brings back. */
export interface SubgraphCallContext {
  readonly reads: ReadSite[];
  readonly violations: Violation[];
  readonly effects: string[];
  /** Throws where the field of this object is to fail. */
  failIfFaulty(identity: string, field: string): void;
}

export interface InProcessSubgraph {
  readonly name: string;
  readonly schema: GraphQLSchema;
  /** Fields that are part of a key by which it, or somebody else, finds entities. */
  readonly keyFieldNames: readonly string[];
  /** The JSON object that a server with this SDL answers. */
  answer(
    query: string,
    variables: Readonly<Record<string, unknown>>,
    context: SubgraphCallContext,
  ): Promise<Record<string, unknown>>;
}

/** An object as a subgraph holds it while it answers. */
interface Held extends Instance {
  readonly received?: Readonly<Record<string, unknown>>;
  readonly provided?: SelectionSetNode;
}

/** `taken`: coordinates that others took over from it. */
export function createSubgraph(
  name: string,
  sdl: string,
  world: World,
  taken: ReadonlySet<string>,
): InProcessSubgraph {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl) }]);
  const facts = readFacts(sdl);
  const documents = new Map<string, DocumentNode>();

  const typeResolver: GraphQLTypeResolver<Held, SubgraphCallContext> = (held) => typeHere(held);
  const typeHere = (held: Held): string => {
    if (schema.getType(held.type)) return held.type;
    for (const each of facts.interfaceObjects) {
      const type = world.schema.getType(each);
      if (
        isInterfaceType(type) &&
        world.schema.getPossibleTypes(type).some((member) => member.name === held.type)
      )
        return each;
    }
    return held.type;
  };

  const fieldResolver: GraphQLFieldResolver<Held, SubgraphCallContext, Record<string, unknown>> = (
    held,
    args,
    context,
    info,
  ) => {
    const coordinate = `${info.parentType.name}.${info.fieldName}`;
    const path: (string | number)[] = [];
    for (let at: typeof info.path | undefined = info.path; at; at = at.prev) path.unshift(at.key);
    context.reads.push({
      subgraph: name,
      parentType: info.parentType.name,
      identity: held.identity,
      field: info.fieldName,
      path,
    });
    context.failIfFaulty(held.identity, info.fieldName);
    const refuse = (why: string): null => {
      context.violations.push({ subgraph: name, message: `asked for ${coordinate}, which ${why}` });
      return null;
    };
    if (taken.has(coordinate)) return refuse('another subgraph took over');
    const inside = providedInside(held, info.fieldName);
    if (facts.external.has(coordinate) && !inside.isProvided) return refuse('is external here');
    const requirement = facts.requires.get(coordinate);
    if (requirement && !held.received) return refuse('needs a representation');
    const required =
      requirement && held.received ? receivedValues(held.received, requirement) : undefined;
    if (info.parentType === schema.getMutationType()) {
      context.effects.push(`${info.fieldName}${JSON.stringify(args)}`);
    }
    const isRoot = held.identity === 'Query';
    const instance = isRoot ? { ...held, type: info.parentType.name } : held;
    const value = world.valueOf(instance, info.fieldName, args, required);
    return withProvided(value, facts.provides.get(coordinate) ?? inside.selection);
  };

  const union = schema.getType('_Entity');
  if (isUnionType(union)) union.resolveType = typeResolver;
  const entities = schema.getQueryType()?.getFields()['_entities'];
  if (entities) {
    entities.resolve = (
      _root,
      args: { representations: readonly Readonly<Record<string, unknown>>[] },
      context: SubgraphCallContext,
      info,
    ) =>
      args.representations.map((representation, at) => {
        const match = matchEntity(world, facts, representation);
        if (typeof match === 'string') {
          context.violations.push({ subgraph: name, message: match });
          return null;
        }
        const parentType = String(representation['__typename']);
        const read = {
          subgraph: name,
          parentType,
          identity: match.identity,
          path: [info.path.key, at],
        };
        context.reads.push({ ...read, field: '' });
        if (isInterfaceType(schema.getType(parentType)))
          context.reads.push({ ...read, field: '__typename' });
        return { ...match, received: representation } satisfies Held;
      });
  }

  function documentOf(query: string, violations: Violation[]): DocumentNode {
    const known = documents.get(query);
    if (known) return known;
    const document = parse(query);
    for (const { message } of validate(schema, document))
      violations.push({ subgraph: name, message });
    documents.set(query, document);
    return document;
  }

  return {
    name,
    schema,
    keyFieldNames: readKeySelections(sdl).flatMap(({ selection }) =>
      selection.selections.flatMap((node) => (node.kind === Kind.FIELD ? [node.name.value] : [])),
    ),
    async answer(query, variables, context) {
      const result = await execute({
        schema,
        document: documentOf(query, context.violations),
        rootValue: { type: 'Query', identity: 'Query', index: undefined } satisfies Held,
        contextValue: context,
        variableValues: variables,
        fieldResolver,
        typeResolver,
      });
      // As over the wire; execution gives an object.
      return JSON.parse(JSON.stringify(result)) as Record<string, unknown>;
    },
  };
}

function providedInside(
  held: Held,
  field: string,
): { isProvided: boolean; selection: SelectionSetNode | undefined } {
  for (const node of held.provided?.selections ?? []) {
    if (node.kind === Kind.FIELD && node.name.value === field)
      return { isProvided: true, selection: node.selectionSet };
  }
  return { isProvided: false, selection: undefined };
}

function withProvided(value: unknown, provided: SelectionSetNode | undefined): unknown {
  if (!provided || typeof value !== 'object' || value === null) return value;
  return Array.isArray(value)
    ? value.map((each) => withProvided(each, provided))
    : { ...value, provided };
}

/** Coordinates that others took over, by the subgraph that had them. */
export function takenCoordinates(all: readonly SubgraphFacts[], name: string): Set<string> {
  return new Set(
    all.flatMap((facts) =>
      facts.takenFrom.filter((each) => each.subgraph === name).map((each) => each.coordinate),
    ),
  );
}
