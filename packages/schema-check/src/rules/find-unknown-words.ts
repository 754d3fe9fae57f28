import { roles, scopes, sensitiveCategories } from '@tavolo/access-model';
import type { ConstDirectiveNode, DocumentNode } from 'graphql';
import { listsArgument, textArgument } from '../reading/directive-values.ts';
import { namedDefinitions } from '../reading/named-definitions.ts';
import { rolePolicy } from '../reading/role-access.ts';

/** The owner of shared reference words (municipalities, pages), for which nobody's approval is needed. */
export const sharedOwner = 'hub';

interface Vocabulary {
  readonly what: string;
  readonly known: readonly string[];
  readonly wordsOf: (directive: ConstDirectiveNode) => readonly string[];
}

const vocabulariesOf = (partners: readonly string[]): Readonly<Record<string, Vocabulary>> => ({
  requiresScopes: {
    what: 'scope',
    known: scopes,
    wordsOf: (directive) => listsArgument(directive, 'scopes').flat(),
  },
  policy: {
    what: 'policy',
    known: roles.map(rolePolicy),
    wordsOf: (directive) => listsArgument(directive, 'policies').flat(),
  },
  sensitive: {
    what: 'category',
    known: sensitiveCategories,
    wordsOf: (directive) => [textArgument(directive, 'category')],
  },
  owner: {
    what: 'partner',
    known: [...partners, sharedOwner],
    wordsOf: (directive) => [textArgument(directive, 'partner')],
  },
});

/** Every scope, policy, category and partner in a document's directives that the gate would not understand. */
export function findUnknownWords(document: DocumentNode, partners: readonly string[]): string[] {
  const vocabularies = vocabulariesOf(partners);
  return namedDefinitions(document).flatMap(({ path, node }) =>
    (node.directives ?? []).flatMap((directive) => {
      const vocabulary = vocabularies[directive.name.value];
      if (!vocabulary) return [];
      const { what, known, wordsOf } = vocabulary;
      return wordsOf(directive)
        .filter((word) => !known.includes(word))
        .map(
          (word) =>
            `${path.join('.')}: @${directive.name.value} names an unknown ${what} "${word}"; known are ${known.join(', ')}`,
        );
    }),
  );
}
