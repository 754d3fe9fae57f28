import type { DocumentNode } from 'graphql';
import { textArgument } from './directive-values.ts';
import { renamingLinks } from './links.ts';

/** Throws where a `@link` gives a directive another name: a decision under another name would be read as none. */
export function refuseRenamedDirectives(document: DocumentNode): void {
  const [renaming] = renamingLinks(document);
  if (renaming) {
    throw new Error(
      `a directive of ${textArgument(renaming, 'url')} has another name here: import it under its own`,
    );
  }
}
