import { roles, scopes, sensitiveCategories } from '@tavolo/access-model';
import type { ConstDirectiveNode } from 'graphql';
import { createFinding } from '../create-finding.ts';
import type { FindingCode } from '../explanations/finding-explanations.ts';
import type { Finding } from '../finding.ts';
import type { Judged } from '../judged.ts';
import { listsArgument, textArgument } from '../reading/directive-values.ts';
import { plainName } from '../reading/machinery.ts';
import { rolePolicy } from '../reading/role-access.ts';

/** The owner of shared reference words (municipalities, pages), for which nobody's approval is needed. */
export const sharedOwner = 'hub';

interface Vocabulary {
  readonly code: FindingCode;
  readonly known: readonly string[];
  readonly wordsOf: (directive: ConstDirectiveNode) => readonly string[];
}

/** Every scope, policy, category and partner in the directives that the gate would not understand. */
export function findUnknownWords({ definitions, partners }: Judged): Finding[] {
  const vocabularies = vocabulariesOf(partners);
  return definitions.flatMap(({ coordinate, node }) =>
    (node.directives ?? []).flatMap((directive) => {
      const vocabulary = vocabularies.get(plainName(directive.name.value));
      return vocabulary ? unknownIn(vocabulary, directive, coordinate) : [];
    }),
  );
}

function unknownIn(
  { code, known, wordsOf }: Vocabulary,
  directive: ConstDirectiveNode,
  coordinate: string,
): Finding[] {
  const words = wordsOrNone(directive, wordsOf);
  if (!words) return [createFinding('ACCESS_ARGUMENT_INVALID', { coordinate, at: directive })];
  return words
    .filter((word) => !known.includes(word))
    .map((word) =>
      createFinding(code, {
        coordinate,
        at: directive,
        detail: {
          en: `It says "${word}"; known are ${known.join(', ')}.`,
          it: `Dice "${word}"; sono conosciuti ${known.join(', ')}.`,
        },
      }),
    );
}

function wordsOrNone(
  directive: ConstDirectiveNode,
  wordsOf: Vocabulary['wordsOf'],
): readonly string[] | undefined {
  try {
    return wordsOf(directive);
  } catch {
    return undefined;
  }
}

function vocabulariesOf(partners: readonly string[]): ReadonlyMap<string, Vocabulary> {
  return new Map<string, Vocabulary>([
    [
      'requiresScopes',
      {
        code: 'UNKNOWN_SCOPE',
        known: scopes,
        wordsOf: (directive) => listsArgument(directive, 'scopes').flat(),
      },
    ],
    [
      'policy',
      {
        code: 'UNKNOWN_POLICY',
        known: roles.map(rolePolicy),
        wordsOf: (directive) => listsArgument(directive, 'policies').flat(),
      },
    ],
    [
      'sensitive',
      {
        code: 'UNKNOWN_CATEGORY',
        known: sensitiveCategories,
        wordsOf: (directive) => [textArgument(directive, 'category')],
      },
    ],
    [
      'owner',
      {
        code: 'OWNER_UNKNOWN',
        known: [...partners, sharedOwner],
        wordsOf: (directive) => [textArgument(directive, 'partner')],
      },
    ],
  ]);
}
