import { type FieldDefinitionNode, Kind } from 'graphql';
import { createFinding } from '../create-finding.ts';
import type { Finding } from '../finding.ts';
import type { DefinitionOf, Judged } from '../judged.ts';
import { placeOf } from '../place-of.ts';
import type { ReadSubgraph } from '../read-subgraph.ts';
import { textArgument } from '../reading/directive-values.ts';
import { fieldSetNames } from '../reading/field-set-names.ts';
import { plainName } from '../reading/machinery.ts';
import { rootTypesOf } from '../reading/root-types.ts';
import { sharedOwner } from './find-unknown-words.ts';

/** Every non-null field that crosses from one institution to another: of root types, and added to others' types. */
export function findClosedBorders(judged: Judged): Finding[] {
  const roots = new Map(judged.submitted.map((each) => [each, rootTypesOf(each.document)]));
  return judged.definitions.flatMap((definition) => {
    const { node, path, coordinate, subgraph } = definition;
    if (node.kind !== Kind.FIELD_DEFINITION || node.type.kind !== Kind.NON_NULL_TYPE) return [];
    const [type = ''] = path;
    if (roots.get(subgraph)?.has(type)) {
      return [createFinding('BORDER_NOT_NULLABLE', { coordinate, at: node })];
    }
    const elsewhere = partsElsewhere(judged, subgraph, type);
    if (elsewhere.length === 0 || isOwn(judged, subgraph, type, elsewhere)) return [];
    if (isGivenByOthers(judged, definition, node)) return [];
    const others = elsewhere.flatMap((each) => placeOf(each.node) ?? []);
    return [createFinding('BORDER_NOT_NULLABLE', { coordinate, at: node, others })];
  });
}

function partsElsewhere(
  { submittedAt, othersAt }: Judged,
  subgraph: ReadSubgraph,
  type: string,
): readonly DefinitionOf[] {
  return [...(submittedAt.get(type) ?? []), ...(othersAt.get(type) ?? [])].filter(
    (each) => each.subgraph !== subgraph,
  );
}

/** Its `@owner` names the institution, and nobody else says that the type is theirs. */
function isOwn(
  judged: Judged,
  subgraph: ReadSubgraph,
  type: string,
  elsewhere: readonly DefinitionOf[],
): boolean {
  const { owner, name } = subgraph.source;
  const own = (judged.submittedAt.get(type) ?? [])
    .filter((each) => each.subgraph === subgraph)
    .flatMap(ownersOf);
  const theirs = elsewhere.flatMap(ownersOf);
  return (
    own.some((each) => each === owner || each === name) &&
    theirs.every((each) => each === owner || each === name || each === sharedOwner)
  );
}

/** A key, something required from elsewhere, or a word that several institutions give alike. */
function isGivenByOthers(
  judged: Judged,
  { coordinate, subgraph, path: [type = ''] }: DefinitionOf,
  field: FieldDefinitionNode,
): boolean {
  const isExternal = field.directives?.some(({ name }) => plainName(name.value) === 'external');
  if (isExternal) return true;
  const isKey = (judged.submittedAt.get(type) ?? []).some(
    (each) => each.subgraph === subgraph && keyNamesOf(each).includes(field.name.value),
  );
  return isKey || partsElsewhere(judged, subgraph, coordinate).length > 0;
}

function keyNamesOf({ node }: DefinitionOf): readonly string[] {
  return (node.directives ?? [])
    .filter(({ name }) => plainName(name.value) === 'key')
    .flatMap(fieldSetNames);
}

function ownersOf({ node }: DefinitionOf): readonly string[] {
  return (node.directives ?? [])
    .filter(({ name }) => plainName(name.value) === 'owner')
    .flatMap((directive) => {
      try {
        return [textArgument(directive, 'partner')];
      } catch {
        return [];
      }
    });
}
