import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'graphql';
import { readClientSchema } from '../src/client-schema.ts';
import { composeSupergraph } from '../src/compose-supergraph.ts';
import { createDemoPurposes } from '../src/demo-purposes.ts';
import { findUndecided } from '../src/find-undecided.ts';
import { findUndescribed } from '../src/find-undescribed.ts';
import { findUnknownWords } from '../src/find-unknown-words.ts';
import { findUnsizedLists } from '../src/find-unsized-lists.ts';
import { createPermissions, describePermissions } from '../src/permissions.ts';
import { readDecisions } from '../src/read-decisions.ts';
import { readExamples } from '../src/read-examples.ts';
import { readSubgraphSdl, subgraphNames } from '../src/read-subgraph-sdl.ts';
import { refuseDirectIdentifiers } from '../src/refuse-direct-identifiers.ts';
import {
  demoPurposeFile,
  permissionsFile,
  permissionsPage,
  supergraphFile,
  trustedDocumentsFile,
} from '../src/supergraph-file.ts';
import { createTrustedDocuments } from '../src/trusted-documents.ts';
import { validateExamples } from '../src/validate-examples.ts';
import { generateResolverTypes } from './generate-resolver-types.ts';

/**
 * Writes everything that follows from the hand-written SDLs; with `--check` compares instead, and fails
 * when a file on disk is not what it would write.
 */
const isCheck = process.argv.includes('--check');
const problems: string[] = [];

const subgraphs = subgraphNames.map((name) => ({ name, sdl: readSubgraphSdl(name) }));

for (const { name, sdl } of subgraphs) {
  const document = parse(sdl);
  problems.push(
    ...findUndescribed(document).map((place) => `${name}: ${place} has no description`),
    ...refuseDirectIdentifiers(document).map((reason) => `${name}: ${reason}`),
    ...findUnknownWords(document).map((reason) => `${name}: ${reason}`),
  );
  const service = new URL(`../../services/${name}/`, import.meta.url);
  await settle(
    fileURLToPath(new URL('src/generated/resolver-types.ts', service)),
    await generateResolverTypes(name, sdl, new URL('resolver-types.json', service)),
  );
}

const composed = composeSupergraph(subgraphs);
if (composed.kind === 'refused') problems.push(...composed.reasons);
else await settleWhatFollows(composed.supergraphSdl);

if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exitCode = 1;
}

async function settleWhatFollows(supergraphSdl: string): Promise<void> {
  const examples = await readExamples();
  const schema = readClientSchema(supergraphSdl);
  const wrong = [
    ...findUndecided(supergraphSdl),
    ...findUnsizedLists(parse(supergraphSdl)),
    ...validateExamples(schema, examples),
  ];
  problems.push(...wrong);
  // A graph with an open question is not written: whoever starts from it would serve the question.
  if (wrong.length > 0) return;
  const decisions = readDecisions(supergraphSdl);
  const permissions = createPermissions(decisions);
  await settle(supergraphFile, supergraphSdl);
  await settle(permissionsFile, asJson({ fields: permissions }));
  await settle(permissionsPage, describePermissions(permissions));
  await settle(trustedDocumentsFile, asJson(createTrustedDocuments(examples)));
  for (const purpose of createDemoPurposes(decisions, examples, schema)) {
    await settle(demoPurposeFile(purpose.id), asJson(purpose));
  }
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

async function settle(file: string, wanted: string): Promise<void> {
  const present = await readFile(file, 'utf8').catch(() => undefined);
  if (present === wanted) return;
  if (isCheck) {
    problems.push(`${file} is stale: run "npm run generate" and commit the result`);
    return;
  }
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, wanted);
}
