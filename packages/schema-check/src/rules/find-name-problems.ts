import {
  type ASTNode,
  type DocumentNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  type NameNode,
} from 'graphql';
import { createFinding } from '../create-finding.ts';
import type { Finding } from '../finding.ts';
import type { Judged } from '../judged.ts';
import { placeOf } from '../place-of.ts';
import type { ReadSubgraph } from '../read-subgraph.ts';
import { isMachinery } from '../reading/machinery.ts';
import { directiveDefinitions } from '../reading/named-definitions.ts';

const longestName = 100;
/** `__proto__`, `constructor`, `toString`, …: keys that programs do not expect in an answer. */
const wordsOfTheMachine: ReadonlySet<string> = new Set(
  Object.getOwnPropertyNames(Object.prototype),
);

/** Names that cannot be used, and names that are used twice in one place. */
export function findNameProblems(judged: Judged): Finding[] {
  return [
    ...judged.definitions.flatMap(({ coordinate, path, node }) =>
      isAllowed(path.at(-1) ?? '')
        ? []
        : [createFinding('NAME_NOT_ALLOWED', { coordinate, at: node })],
    ),
    ...judged.submitted.flatMap(({ document }) => falseMachinery(document)),
    ...judged.submitted.flatMap((subgraph) => repeated(judged, subgraph)),
  ];
}

function isAllowed(name: string): boolean {
  return !name.includes('__') && !wordsOfTheMachine.has(name) && name.length <= longestName;
}

/** The federation's own names hold words and nothing with fields: what hides behind them no client could see. */
function falseMachinery(document: DocumentNode): Finding[] {
  return document.definitions.flatMap((definition) => {
    if (!isTypeDefinitionNode(definition) && !isTypeExtensionNode(definition)) return [];
    const name = definition.name.value;
    const isWord =
      definition.kind === Kind.SCALAR_TYPE_DEFINITION ||
      definition.kind === Kind.ENUM_TYPE_DEFINITION ||
      !name.includes('__');
    return isMachinery(name) && !isWord
      ? [createFinding('NAME_NOT_ALLOWED', { coordinate: name, at: definition })]
      : [];
  });
}

function repeated({ definitions }: Judged, subgraph: ReadSubgraph): Finding[] {
  const seen = new Map<string, ASTNode & { readonly name: NameNode }>();
  const named = [
    ...definitions
      .filter((each) => each.subgraph === subgraph && !isTypeExtensionNode(each.node))
      .map(({ coordinate, node }) => ({ coordinate, node })),
    ...directiveDefinitions(subgraph.document),
  ];
  return named.flatMap(({ coordinate, node }) => {
    const first = seen.get(coordinate);
    if (!first) {
      seen.set(coordinate, node);
      return [];
    }
    const place = placeOf(first);
    return [
      createFinding('DUPLICATE_NAME', { coordinate, at: node, others: place ? [place] : [] }),
    ];
  });
}
