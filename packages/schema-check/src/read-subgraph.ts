import { type DocumentNode, GraphQLError, Kind, parse } from 'graphql';
import { createFinding, sameInBoth } from './create-finding.ts';
import type { Finding } from './finding.ts';
import { countDefinitions } from './limits/count-definitions.ts';
import { measureText, schemaLimits } from './limits/measure-text.ts';
import { SubgraphFile } from './place-of.ts';
import type { SubgraphSource } from './subgraph-source.ts';

/** A subgraph whose files are GraphQL, each definition still knowing the file it stands in. */
export interface ReadSubgraph {
  readonly source: SubgraphSource;
  readonly document: DocumentNode;
}

export type SubgraphReading =
  | { readonly kind: 'read'; readonly subgraph: ReadSubgraph }
  | { readonly kind: 'unreadable'; readonly findings: readonly Finding[] };

/** Parses each file by itself, so that a brace left open in one is not found in the next. */
export function readSubgraph(source: SubgraphSource): SubgraphReading {
  const tooLarge = findTooLarge(source);
  if (tooLarge.length > 0) return { kind: 'unreadable', findings: tooLarge };
  const definitions: DocumentNode['definitions'][number][] = [];
  const findings: Finding[] = [];
  for (const { path, text } of source.files) {
    if (isBlank(text)) continue;
    const file = new SubgraphFile(source, path, text);
    try {
      for (const definition of parse(file).definitions) definitions.push(definition);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      const { line = 1, column = 1 } = error.locations?.[0] ?? {};
      findings.push(
        createFinding('SYNTAX_ERROR', {
          at: file.placeAt(line, column),
          detail: sameInBoth(withoutValues(error.message)),
        }),
      );
    }
  }
  if (findings.length > 0) return { kind: 'unreadable', findings };
  const [file] = source.files;
  if (definitions.length === 0) {
    const at = file && new SubgraphFile(source, file.path, '').placeAt(1, 1);
    return { kind: 'unreadable', findings: [createFinding('SCHEMA_EMPTY', { at })] };
  }
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions };
  const tooMany = countDefinitions(document);
  if (tooMany) return { kind: 'unreadable', findings: [tooMany] };
  return { kind: 'read', subgraph: { source, document } };
}

function findTooLarge(source: SubgraphSource): Finding[] {
  let characters = 0;
  let tokens = 0;
  for (const { path, text } of source.files) {
    characters += text.length;
    const file = new SubgraphFile(source, path, text);
    if (characters > schemaLimits.characters) {
      return [tooLargeAt(file, 1, 'characters')];
    }
    const measure = measureText(file, tokens);
    if (measure.kind === 'too-large') return [tooLargeAt(file, measure.line, measure.limit)];
    tokens = measure.tokens;
  }
  return [];
}

function tooLargeAt(file: SubgraphFile, line: number, limit: keyof typeof schemaLimits): Finding {
  const detail = sameInBoth(`(${limit} > ${schemaLimits[limit]})`);
  return createFinding('SCHEMA_TOO_LARGE', { at: file.placeAt(line, 1), detail });
}

/** A parser quotes what it met; the text of a description is no business of a log. */
function withoutValues(message: string): string {
  return message.replace(/((?:Block)?String) ".*"/su, '$1').slice(0, 300);
}

/** Comments and spaces only: no document, and no mistake. */
function isBlank(text: string): boolean {
  return text.split(/[\n\r]/u).every((line) => /^[\s,\uFEFF]*(?:#.*)?$/u.test(line));
}
