import { createHash } from 'node:crypto';
import { findUnsafeRequires, type UnsafeRequires } from '@tavolo/schema-check';
import {
  buildASTSchema,
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  parse,
  print,
} from 'graphql';
import { type AccessRules, readAccessRules } from '../access/read-access-rules.ts';
import { type DirectiveNames, readDirectiveNames } from './directive-names.ts';
import { readClientSchema } from './read-client-schema.ts';
import { refuseUnenforcedFeatures } from './refuse-unenforced-features.ts';
import { stringArgument } from './string-argument.ts';
import { SupergraphProblem } from './supergraph-problem.ts';
import { withoutAccessDirectives } from './without-access-directives.ts';

/** One institution's server, as the supergraph names it. */
export interface SubgraphEntry {
  readonly name: string;
  readonly url: string;
}

/** A supergraph that was read and found servable. */
export interface Supergraph {
  /** SHA-256 of the text: two gateways with the same version serve the same graph. */
  readonly version: string;
  /** As it was composed. */
  readonly sdl: string;
  /** What the executor runs: the same graph without the access directives, which the gate enforces. */
  readonly executionSdl: string;
  readonly subgraphs: readonly SubgraphEntry[];
  /** With everything in it, also what clients do not see. */
  readonly schema: GraphQLSchema;
  /** What clients can know of at the most. */
  readonly clientSchema: GraphQLSchema;
  readonly names: DirectiveNames;
  readonly rules: AccessRules;
  /** Whether it asks for access control: then only a gate that enforces it may serve it. */
  readonly isProtected: boolean;
  readonly unsafeRequires: readonly UnsafeRequires[];
  /** Names that were given an address and are not in it. */
  readonly unknownUrls: readonly string[];
}

/**
 * Reads a composed Federation 2 supergraph and refuses, with {@link SupergraphProblem}, what the gateway
 * would serve wrongly. `urls` replaces addresses by subgraph name; one that is not there is a problem
 * where the file does not change by itself, and else told in `unknownUrls`.
 */
export function readSupergraph(
  sdl: string,
  urls: Readonly<Record<string, string>>,
  onUnsafeRequires: 'refuse' | 'warn',
  onUnknownUrl: 'refuse' | 'warn' = 'refuse',
): Supergraph {
  let document: DocumentNode;
  try {
    document = parse(sdl, { noLocation: true });
  } catch (cause) {
    throw new SupergraphProblem('The supergraph is not GraphQL', { cause });
  }
  const names = readDirectiveNames(document);
  refuseUnenforcedFeatures(document, names);
  const subgraphs = readSubgraphs(document, urls);
  const unknownUrls = unknownNames(subgraphs, urls);
  if (unknownUrls.length > 0 && onUnknownUrl === 'refuse') {
    throw new SupergraphProblem(
      `SUBGRAPH_URLS names ${unknownUrls.join(', ')}, which the supergraph does not have (it has ${subgraphs.map(({ name }) => name).join(', ')})`,
    );
  }
  const unsafeRequires = findUnsafeRequires(document);
  if (unsafeRequires.length > 0 && onUnsafeRequires === 'refuse') {
    throw new SupergraphProblem(
      [
        'The supergraph has @requires that can give wrong data without an error:',
        ...unsafeRequires.map(({ coordinate, why }) => `  - ${coordinate}: ${why}`),
        'Give the subgraph a field without arguments for this purpose, or mark the required field @inaccessible.',
      ].join('\n'),
    );
  }
  const schema = buildSchemaOf(document);
  const execution = withoutAccessDirectives(document, names);
  return {
    version: createHash('sha256').update(sdl).digest('hex'),
    sdl,
    executionSdl: execution === document ? sdl : print(execution),
    subgraphs,
    schema,
    clientSchema: readClientSchema(schema, names.get('inaccessible') ?? 'inaccessible'),
    names,
    rules: readAccessRules(document, schema, names),
    isProtected: execution !== document,
    unsafeRequires,
    unknownUrls,
  };
}

function readSubgraphs(
  document: DocumentNode,
  urls: Readonly<Record<string, string>>,
): SubgraphEntry[] {
  const graphs = document.definitions.find(
    (definition) =>
      definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph',
  );
  if (graphs?.kind !== Kind.ENUM_TYPE_DEFINITION) {
    throw new SupergraphProblem(
      'The file is not a composed Federation 2 supergraph: it has no join__Graph',
    );
  }
  const subgraphs = (graphs.values ?? []).flatMap(({ directives }) =>
    (directives ?? []).flatMap((directive) => readSubgraph(directive, urls)),
  );
  const unreachable = subgraphs.filter(({ url }) => !isHttpUrl(url)).map(({ name }) => name);
  if (unreachable.length > 0) {
    throw new SupergraphProblem(
      `No usable http address for ${unreachable.join(', ')}: name it in SUBGRAPH_URLS`,
      { subgraphs: unreachable },
    );
  }
  return subgraphs;
}

function unknownNames(
  subgraphs: readonly SubgraphEntry[],
  urls: Readonly<Record<string, string>>,
): string[] {
  const names = new Set(subgraphs.map(({ name }) => name));
  return Object.keys(urls).filter((name) => !names.has(name));
}

function readSubgraph(
  directive: ConstDirectiveNode,
  urls: Readonly<Record<string, string>>,
): SubgraphEntry[] {
  const name = stringArgument(directive, 'name');
  if (directive.name.value !== 'join__graph' || name === undefined) return [];
  return [{ name, url: urls[name] ?? stringArgument(directive, 'url') ?? '' }];
}

function isHttpUrl(url: string): boolean {
  return URL.canParse(url) && /^https?:$/u.test(new URL(url).protocol);
}

function buildSchemaOf(document: DocumentNode): GraphQLSchema {
  try {
    return buildASTSchema(document, { assumeValid: true, assumeValidSDL: true });
  } catch (cause) {
    throw new SupergraphProblem('The supergraph is not a valid schema', { cause });
  }
}
