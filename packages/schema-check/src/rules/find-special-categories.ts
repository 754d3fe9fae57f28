import {
  buildASTSchema,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { createFinding } from '../create-finding.ts';
import type { Finding, Severity } from '../finding.ts';
import type { ComposedGraph, Judged } from '../judged.ts';
import type { FieldDecision } from '../reading/read-decisions.ts';
import { categoriesOfName } from './category-words.ts';
import { whereOf } from './where-of.ts';

/** What asks for one of these and nothing more is about nobody. */
const aboutNobody: ReadonlySet<string> = new Set([
  'figures:read',
  'analysis:read',
  'diagnostics:read',
  'priority-list:read',
  'table:write',
]);

/**
 * Every submitted field about people whose name, description, type or result speaks of a special category that
 * nothing says it tells. Words of enum values only hint: they are a warning.
 */
export function findSpecialCategories(judged: Judged): Finding[] {
  if (!judged.graph) return [];
  const schema = schemaOf(judged.graph);
  return judged.graph.decisions.flatMap((decision) => {
    const { coordinate, scopes } = decision;
    const isAboutNobody =
      scopes.length > 0 && scopes.every((set) => set.some((scope) => aboutNobody.has(scope)));
    if (isAboutNobody || !judged.submittedAt.has(coordinate)) return [];
    return missingOf(schema, decision).map(({ categories, severity }) =>
      createFinding('CATEGORY_UNDECIDED', {
        ...whereOf(judged, coordinate),
        severity,
        detail: {
          en: `Its words speak of ${categories.join(', ')}.`,
          it: `Le sue parole parlano di ${categories.join(', ')}.`,
        },
      }),
    );
  });
}

function missingOf(
  schema: GraphQLSchema,
  decision: FieldDecision,
): { readonly categories: readonly string[]; readonly severity: Severity }[] {
  const [typeName = '', fieldName = ''] = decision.coordinate.split('.');
  const type = schema.getType(typeName);
  const field =
    isObjectType(type) || isInterfaceType(type) ? type.getFields()[fieldName] : undefined;
  if (!field) return [];
  const returned = getNamedType(field.type);
  const said = [fieldName, typeName, returned.name, field.description ?? ''];
  const values = isEnumType(returned) ? returned.getValues().map(({ name }) => name) : [];
  const named = missing(decision, said);
  const hinted = missing(decision, values).filter((category) => !named.includes(category));
  return [
    ...(named.length > 0 ? [{ categories: named, severity: 'ERROR' as const }] : []),
    ...(hinted.length > 0 ? [{ categories: hinted, severity: 'WARNING' as const }] : []),
  ];
}

function missing({ categories }: FieldDecision, texts: readonly string[]): readonly string[] {
  const spoken = new Set(texts.flatMap(categoriesOfName));
  return [...spoken].filter((category) => !categories.includes(category));
}

function schemaOf({ document }: ComposedGraph): GraphQLSchema {
  return buildASTSchema(document, { assumeValid: true, assumeValidSDL: true });
}
