import { readClientSchema } from '@tavolo/schema-check';
import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInputType,
  Kind,
  parse,
  print,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';
import type { FoundDocument } from './find-document.ts';
import { hubDocuments } from './hub-documents.ts';

/** What each document is for, as its file says in its first lines; those without a file have none. */
export async function documentPurposes(): Promise<ReadonlyMap<string, string>> {
  const { examples } = await hubDocuments();
  return new Map(examples.map(({ name, text }) => [name, leadingComment(text)]));
}

/** The variables a document takes, in its own order. */
export function variablesOf({ text }: FoundDocument): readonly VariableDefinitionNode[] {
  return definitionsOf(parse(text, { noLocation: true }));
}

/** What a document is for, its variables, and of each input its fields with the values they may have. */
export async function describeDocument(name: string, found: FoundDocument): Promise<string> {
  const schema = readClientSchema((await hubDocuments()).supergraph);
  const variables = variablesOf(found);
  const meanings = argumentMeanings(schema, found);
  const lines = [name, ...indented((await documentPurposes()).get(name) ?? ''), ''];
  if (variables.length === 0) lines.push('It takes no variables.');
  for (const { variable, type, defaultValue } of variables) {
    const otherwise = defaultValue === undefined ? '' : `, otherwise ${print(defaultValue)}`;
    const says = meanings.get(variable.name.value);
    lines.push(
      `${variable.name.value}: ${print(type)}${otherwise}${says === undefined ? '' : `  ${says}`}`,
    );
    const known = typeFromAST(schema, type);
    if (isInputType(known)) lines.push(...indented(fieldsOf(known).join('\n')));
  }
  return `${lines.join('\n')}\n`;
}

/** What the arguments of the document's own fields mean; its variables are called as they are. */
function argumentMeanings(
  schema: GraphQLSchema,
  { text }: FoundDocument,
): ReadonlyMap<string, string> {
  const meanings = new Map<string, string>();
  for (const definition of parse(text, { noLocation: true }).definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const root = schema.getRootType(definition.operation)?.getFields() ?? {};
    for (const selection of definition.selectionSet.selections) {
      if (selection.kind !== Kind.FIELD) continue;
      for (const { name, description } of root[selection.name.value]?.args ?? []) {
        if (description) meanings.set(name, description);
      }
    }
  }
  return meanings;
}

/** One line a field of an input, inputs in inputs below it; the values of an enum. No input of ours holds itself. */
function fieldsOf(type: GraphQLInputType): string[] {
  const named = getNamedType(type);
  if (isEnumType(named)) {
    return [
      `one of ${named
        .getValues()
        .map(({ name }) => name)
        .join(', ')}`,
    ];
  }
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((field) => [
    `${field.name}: ${String(field.type)}  ${field.description ?? ''}`,
    ...indented(fieldsOf(field.type).join('\n')),
  ]);
}

function definitionsOf({ definitions }: DocumentNode): readonly VariableDefinitionNode[] {
  return definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []) : [],
  );
}

function leadingComment(text: string): string {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('#'));
  return lines
    .slice(0, end)
    .map((line) => line.replace(/^# ?/u, ''))
    .filter((line) => line !== '')
    .join('\n');
}

function indented(text: string): string[] {
  return text === '' ? [] : text.split('\n').map((line) => `  ${line}`);
}
