import {
  type ASTNode,
  type ConstDirectiveNode,
  type DocumentNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
} from 'graphql';
import { createFinding, sameInBoth } from '../create-finding.ts';
import type { Finding } from '../finding.ts';
import { schemaLimits } from './measure-text.ts';

/** The first thing there is too much of; composition takes long and much memory for far less. */
export function countDefinitions(document: DocumentNode): Finding | undefined {
  let types = 0;
  let fields = 0;
  let directives = 0;
  for (const definition of document.definitions) {
    if (isTypeDefinitionNode(definition) || isTypeExtensionNode(definition)) {
      types += 1;
      if (types > schemaLimits.types) return tooMany('types', definition);
      fields += membersOf(definition).length;
      if (fields > schemaLimits.fields) return tooMany('fields', definition);
    }
    for (const element of elementsOf(definition)) {
      const applied = directivesOf(element);
      directives += applied.length;
      if (applied.length > schemaLimits.directivesOnOne) return tooMany('directivesOnOne', element);
      if (directives > schemaLimits.directives) return tooMany('directives', element);
      const long = applied.find(hasLongFieldSet);
      if (long) return tooMany('fieldSetCharacters', long);
    }
  }
  return undefined;
}

function tooMany(limit: keyof typeof schemaLimits, at: ASTNode): Finding {
  return createFinding('SCHEMA_TOO_LARGE', {
    at,
    detail: sameInBoth(`(${limit} > ${schemaLimits[limit]})`),
  });
}

function elementsOf(definition: ASTNode): readonly ASTNode[] {
  const members = membersOf(definition);
  return [definition, ...members, ...members.flatMap(argumentsOf)];
}

function membersOf(definition: ASTNode): readonly ASTNode[] {
  if ('fields' in definition) return definition.fields ?? [];
  return 'values' in definition && 'name' in definition ? definition.values : [];
}

function argumentsOf(member: ASTNode): readonly ASTNode[] {
  return member.kind === Kind.FIELD_DEFINITION ? (member.arguments ?? []) : [];
}

function directivesOf(element: ASTNode): readonly ConstDirectiveNode[] {
  // Elements of a schema carry constant directives; the node's type covers operations too.
  return 'directives' in element ? ((element.directives ?? []) as ConstDirectiveNode[]) : [];
}

/** A text of the federation's own small language, parsed again by the composer. */
function hasLongFieldSet({ arguments: given }: ConstDirectiveNode): boolean {
  return (
    given?.some(
      ({ name, value }) =>
        (name.value === 'fields' || name.value === 'field') &&
        value.kind === Kind.STRING &&
        value.value.length > schemaLimits.fieldSetCharacters,
    ) ?? false
  );
}
