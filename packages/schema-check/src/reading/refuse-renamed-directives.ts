import { type DocumentNode, Kind } from 'graphql';
import { textArgument } from './directive-values.ts';

/** Throws where a `@link` gives a directive another name: a decision under another name would be read as none. */
export function refuseRenamedDirectives(document: DocumentNode): void {
  const links = document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.directives ?? []).filter(({ name }) => name.value === 'link')
      : [],
  );
  const renaming = links.find((link) =>
    link.arguments?.some(
      ({ name, value }) =>
        name.value === 'as' ||
        (value.kind === Kind.LIST && value.values.some((each) => each.kind === Kind.OBJECT)),
    ),
  );
  if (renaming) {
    throw new Error(
      `a directive of ${textArgument(renaming, 'url')} has another name here: import it under its own`,
    );
  }
}
