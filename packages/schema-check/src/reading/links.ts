import { type ConstDirectiveNode, type DocumentNode, Kind } from 'graphql';

/** The directives of the schema itself: links, and what it composes. */
export function directivesOfSchema(document: DocumentNode): readonly ConstDirectiveNode[] {
  return document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.directives ?? [])
      : [],
  );
}

/** Every `@link` that gives what it imports, or itself, another name. */
export function renamingLinks(document: DocumentNode): readonly ConstDirectiveNode[] {
  return directivesOfSchema(document).filter(
    ({ name: directive, arguments: given }) =>
      directive.value === 'link' &&
      given?.some(
        ({ name, value }) =>
          name.value === 'as' ||
          (value.kind === Kind.LIST && value.values.some((each) => each.kind === Kind.OBJECT)),
      ),
  );
}
