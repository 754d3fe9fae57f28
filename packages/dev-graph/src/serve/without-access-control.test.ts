import { readFile } from 'node:fs/promises';
import { supergraphFile } from '@tavolo/schemas';
import { buildASTSchema, parse, printType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { withoutAccessControl } from './without-access-control.ts';

const sdl = `schema
  @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION)
  @link(url: "https://specs.apollo.dev/policy/v0.1", for: SECURITY)
{ query: Query }
directive @policy(policies: [[String!]!]!) on FIELD_DEFINITION
directive @join__field(graph: String) on FIELD_DEFINITION
type Query { people: [String!] @join__field(graph: "A") @policy(policies: [["x"]]) }`;

describe('a supergraph without access control', () => {
  it('has neither the directives, nor their definitions, nor their links', () => {
    expect(withoutAccessControl(sdl)).not.toContain('policy');
  });

  it('keeps every other directive and link', () => {
    const kept = withoutAccessControl(sdl);
    expect(kept).toContain('@link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION)');
    expect(kept).toContain('people: [String!] @join__field(graph: "A")');
  });

  it('has the types, fields and arguments of the one it was made from', async () => {
    const real = await readFile(supergraphFile, 'utf8');
    const typesOf = (text: string) =>
      Object.values(
        buildASTSchema(parse(text), { assumeValid: true, assumeValidSDL: true }).getTypeMap(),
      ).map(printType);
    expect(real).toContain('@requiresScopes');
    expect(withoutAccessControl(real)).not.toMatch(/@(?:authenticated|requiresScopes|policy)\b/u);
    expect(typesOf(withoutAccessControl(real))).toEqual(typesOf(real));
  });
});
