import { type ConstDirectiveNode, type DocumentNode, Kind, OperationTypeNode } from 'graphql';
import { createFinding, sameInBoth } from '../create-finding.ts';
import type { Finding } from '../finding.ts';
import type { Judged } from '../judged.ts';
import type { ReadSubgraph } from '../read-subgraph.ts';
import { directivesOfSchema, renamingLinks } from '../reading/links.ts';
import { plainName } from '../reading/machinery.ts';
import { rootTypesOf } from '../reading/root-types.ts';

/** What is wrong with a schema's head: the links, what they import, the root types. */
export function findHeadProblems({ submitted, definitions }: Judged): Finding[] {
  return submitted.flatMap((subgraph) => {
    const { document } = subgraph;
    const used = new Set(
      definitions
        .filter((each) => each.subgraph === subgraph)
        .flatMap(({ node }) => node.directives ?? [])
        .map(({ name }) => plainName(name.value)),
    );
    return [
      ...renamingLinks(document).map((link) => createFinding('DIRECTIVE_RENAMED', { at: link })),
      ...missingFederation(subgraph),
      ...unknownFederation(document),
      ...notComposed(document, used),
      ...subscriptions(document),
    ];
  });
}

function missingFederation({ document }: ReadSubgraph): Finding[] {
  const isLinked = directivesOfSchema(document).some(
    (directive) =>
      directive.name.value === 'link' &&
      textOf(directive, 'url').startsWith('https://specs.apollo.dev/federation/v2'),
  );
  // A link without a version, or of a version that does not exist, is the composer's to refuse.
  const isTried = directivesOfSchema(document).some((directive) =>
    textOf(directive, 'url').includes('/federation'),
  );
  return isLinked || isTried
    ? []
    : [createFinding('FEDERATION_LINK_MISSING', { at: document.definitions[0] })];
}

/** Newer ones import what the composer does not know, and each import would be told instead of this. */
const newestFederation = 14;

function unknownFederation(document: DocumentNode): Finding[] {
  return directivesOfSchema(document).flatMap((directive) => {
    const [, minor] =
      /^https:\/\/specs\.apollo\.dev\/federation\/v2\.(\d+)$/u.exec(textOf(directive, 'url')) ?? [];
    return minor !== undefined && Number(minor) > newestFederation
      ? [createFinding('UNKNOWN_FEDERATION_LINK_VERSION', { at: directive })]
      : [];
  });
}

function notComposed(document: DocumentNode, used: ReadonlySet<string>): Finding[] {
  const composed = directivesOfSchema(document)
    .filter(({ name }) => plainName(name.value) === 'composeDirective')
    .map((directive) => textOf(directive, 'name'));
  const dropped = ['owner', 'sensitive'].filter(
    (name) => used.has(name) && !composed.includes(`@${name}`),
  );
  if (dropped.length === 0) return [];
  return [
    createFinding('ACCESS_DIRECTIVES_NOT_COMPOSED', {
      at: document.definitions[0],
      detail: sameInBoth(`(${dropped.map((name) => `@${name}`).join(', ')})`),
    }),
  ];
}

function subscriptions(document: DocumentNode): Finding[] {
  const roots = rootTypesOf(document);
  return document.definitions.flatMap((definition) => {
    const isSubscription =
      (definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
        definition.kind === Kind.OBJECT_TYPE_EXTENSION) &&
      roots.get(definition.name.value) === OperationTypeNode.SUBSCRIPTION;
    return isSubscription
      ? [
          createFinding('SUBSCRIPTION_NOT_SUPPORTED', {
            coordinate: definition.name.value,
            at: definition,
          }),
        ]
      : [];
  });
}

function textOf(directive: ConstDirectiveNode, argument: string): string {
  const value = directive.arguments?.find(({ name }) => name.value === argument)?.value;
  return value?.kind === Kind.STRING ? value.value : '';
}
