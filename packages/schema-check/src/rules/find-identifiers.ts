import { Kind } from 'graphql';
import { createFinding } from '../create-finding.ts';
import type { Finding } from '../finding.ts';
import type { DefinitionOf, Judged } from '../judged.ts';
import { fieldSetNames } from '../reading/field-set-names.ts';
import { plainName } from '../reading/machinery.ts';
import { isIdentifierName } from './identifier-names.ts';

/**
 * Every name that says it holds what identifies a person, and every key made of one. Enum values are categories
 * (STP as a kind of registration), not values of a person, so they may be named.
 */
export function findIdentifiers({ definitions }: Judged): Finding[] {
  return definitions.flatMap((definition) => {
    const { path, node, coordinate } = definition;
    const isNamed =
      node.kind !== Kind.ENUM_VALUE_DEFINITION &&
      isIdentifierName(path.at(-1) ?? '', path[0] ?? '');
    return [
      ...(isNamed ? [createFinding('IDENTIFIER_LIKE_NAME', { coordinate, at: node })] : []),
      ...keysThatTell(definition),
    ];
  });
}

function keysThatTell({ node, type, coordinate }: DefinitionOf): Finding[] {
  if (node !== type) return [];
  return (node.directives ?? []).flatMap((directive) =>
    plainName(directive.name.value) === 'key' &&
    fieldSetNames(directive).some((name) => isIdentifierName(name, coordinate))
      ? [createFinding('KEY_NOT_OPAQUE', { coordinate, at: directive })]
      : [],
  );
}
