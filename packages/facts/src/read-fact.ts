import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import {
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  stripIgnoredCharacters,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { directiveArguments, isFactDirective } from './directive-arguments.ts';
import type { Fact } from './fact.ts';
import { FactError, type FactProblem, type ReportProblem } from './fact-error.ts';
import type { FactGraph } from './fact-graph.ts';
import { isCamelCase, toKebabCase } from './fact-names.ts';
import { pathStart } from './path-start.ts';
import { readColumns } from './read-columns.ts';
import { type ReadSelections, readSelections } from './read-selections.ts';

/** Reads one fact file against the graph; throws a `FactError` with everything that does not fit. */
export function readFact(text: string, fileName: string, graph: FactGraph): Fact {
  const file = basename(fileName);
  const problems: FactProblem[] = [];
  const report: ReportProblem = (node, coordinate, message) => {
    problems.push({ file, line: node?.loc?.startToken.line ?? null, coordinate, message });
  };
  const operation = readOperation(text, graph, file, problems);
  if (!operation) throw new FactError(problems);
  const fact = factOf(operation, file, graph, report);
  if (problems.length > 0 || !fact) throw new FactError(problems);
  return fact;
}

/** SHA-256 of a document without its comments, line breaks and spaces: how the hub names trusted documents. */
export function factDocumentHash(document: string): string {
  return createHash('sha256').update(stripIgnoredCharacters(document)).digest('hex');
}

/** The one operation of a valid file. */
function readOperation(
  text: string,
  { schema }: FactGraph,
  file: string,
  problems: FactProblem[],
): OperationDefinitionNode | undefined {
  let document: DocumentNode;
  try {
    document = parse(text);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const line = error.locations?.[0]?.line ?? null;
    problems.push({ file, line, coordinate: null, message: error.message });
    return undefined;
  }
  const coordinates = coordinatesOfNodes(document, new TypeInfo(schema));
  for (const error of validate(schema, document)) {
    const coordinate = error.nodes?.map((node) => coordinates.get(node)).find(Boolean) ?? null;
    const line = error.locations?.[0]?.line ?? null;
    problems.push({ file, line, coordinate, message: error.message });
  }
  const [operation, ...others] = document.definitions;
  if (
    operation?.kind !== Kind.OPERATION_DEFINITION ||
    operation.operation !== OperationTypeNode.QUERY ||
    operation.name === undefined ||
    others.length > 0
  ) {
    const message = 'a fact file is one query with a name, and nothing else';
    problems.push({ file, line: null, coordinate: null, message });
    return undefined;
  }
  return problems.length > 0 ? undefined : operation;
}

/** The field of the graph that each part of a document speaks of. */
function coordinatesOfNodes(document: DocumentNode, info: TypeInfo): ReadonlyMap<ASTNode, string> {
  const found = new Map<ASTNode, string>();
  const open: string[] = [];
  visit(
    document,
    visitWithTypeInfo(info, {
      enter(node) {
        if (node.kind === Kind.FIELD) {
          open.push(`${info.getParentType()?.name ?? '?'}.${node.name.value}`);
        }
        const coordinate = open.at(-1);
        if (coordinate !== undefined) found.set(node, coordinate);
      },
      leave(node) {
        if (node.kind === Kind.FIELD) open.pop();
      },
    }),
  );
  return found;
}

function factOf(
  operation: OperationDefinitionNode,
  file: string,
  graph: FactGraph,
  report: ReportProblem,
): Fact | undefined {
  const { schema } = graph;
  const [declared] = directiveArguments(schema, operation, 'fact');
  const root = schema.getQueryType();
  if (!declared || !root) {
    report(operation, null, 'the query has no @fact');
    return undefined;
  }
  for (const [what, name] of [
    ['fact', declared.name],
    ['row', declared.eventName],
  ] as const) {
    if (!isCamelCase(name))
      report(operation, null, `the name of the ${what}, ${name}, is not camelCase`);
  }
  if (`${toKebabCase(declared.name)}.graphql` !== file) {
    report(
      operation,
      null,
      `the fact ${declared.name} belongs in ${toKebabCase(declared.name)}.graphql`,
    );
  }
  if (declared.description.trim() === '') report(operation, null, 'the fact has no description');
  const read = readOperationFields(operation, root, graph, report);
  const unitType = declared.unit === 'PERSON' ? 'Person' : 'Household';
  if (read.unit && read.unit.parent !== unitType && !isAboutOne(read.unit, unitType, graph)) {
    report(
      operation,
      read.unit.coordinate,
      `the @unit of a fact about a ${declared.unit} is ${unitType}.ref, or the id of what is about one ${unitType}`,
    );
  }
  const { columns, dimensions, measures } = readColumns(operation, declared, read, graph, report);
  const period = declared.period ?? null;
  const timed = columns.find(({ name }) => name === period);
  if (period !== null && timed?.type.kind !== 'DATE' && timed?.type.kind !== 'MOMENT') {
    report(operation, period, 'the period is a column with a day or a moment');
  }
  const { pagePath, pageInfoPath, unit } = read;
  if (!pagePath || !pageInfoPath || !unit) return undefined;
  const document = stripIgnoredCharacters(print(withoutFactDirectives(operation)));
  return {
    name: declared.name,
    description: declared.description,
    eventName: declared.eventName,
    unit: declared.unit,
    document,
    operationName: operation.name?.value ?? '',
    documentHash: factDocumentHash(document),
    pagePath,
    pageInfoPath,
    rowPath: read.rowSteps.flat(),
    listsInRowPath: read.rowSteps.map(
      (_, index) => read.rowSteps.slice(0, index + 1).flat().length - 1,
    ),
    rowLimits: read.rowLimits,
    unitPath: {
      ...pathStart(unit.level, read.rowSteps.length),
      path: unit.path,
      lists: unit.lists,
    },
    columns,
    dimensions,
    measures,
    periodColumn: period,
    isSensitive: read.isSensitive,
    owners: read.owners,
    categories: read.categories,
  };
}

function readOperationFields(
  operation: OperationDefinitionNode,
  root: GraphQLObjectType,
  graph: FactGraph,
  report: ReportProblem,
): ReadSelections {
  const read = readSelections(graph, root, operation.selectionSet, report);
  if (!read.pagePath) report(operation, null, 'no list comes page by page: write @page on one');
  if (!read.unit)
    report(operation, null, 'no reference says who a row is about: write @unit on one');
  const pageInfo = read.pageInfoPath?.slice(0, -1).join('.');
  if (!read.connection || pageInfo !== read.pagePath?.slice(0, -1).join('.')) {
    report(operation, null, 'pageInfo { hasNextPage endCursor } is not asked for beside the page');
  } else if (!asksForPages(read.connection)) {
    report(
      read.connection,
      null,
      'the page is asked for with after: $after, and pageInfo for hasNextPage and endCursor',
    );
  }
  return read;
}

function asksForPages(connection: FieldNode): boolean {
  const hasAfter = connection.arguments?.some(
    ({ name, value }) =>
      name.value === 'after' && value.kind === Kind.VARIABLE && value.name.value === 'after',
  );
  const pageInfo = connection.selectionSet?.selections.find(
    (each) => each.kind === Kind.FIELD && each.name.value === 'pageInfo' && !each.alias,
  );
  const asked =
    pageInfo?.kind === Kind.FIELD
      ? pageInfo.selectionSet?.selections.map((each) =>
          each.kind === Kind.FIELD ? print(each) : '',
        )
      : [];
  return hasAfter === true && ['hasNextPage', 'endCursor'].every((name) => asked?.includes(name));
}

function withoutFactDirectives(operation: OperationDefinitionNode): OperationDefinitionNode {
  return visit(operation, { Directive: (node) => (isFactDirective(node) ? null : undefined) });
}

/** `ImmediateReception.id`, `Stay.guestRef`: of a type that is about one person, so that people whom nobody may find count as well. */
function isAboutOne(
  unit: { readonly parent: string; readonly coordinate: string },
  unitType: string,
  { schema }: FactGraph,
): boolean {
  const type = schema.getType(unit.parent);
  if (!isObjectType(type) || !/\.(?:id|guestRef)$/u.test(unit.coordinate)) return false;
  return Object.values(type.getFields()).some(
    (field) =>
      !isListType(getNullableType(field.type)) && getNamedType(field.type).name === unitType,
  );
}
