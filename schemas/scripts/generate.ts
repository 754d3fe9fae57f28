import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  analysisSdl,
  analysisWithoutFactsSdl,
  type Fact,
  FactError,
  readFacts as readFactFiles,
} from '@tavolo/facts';
import { readClientSchema, readDecisions } from '@tavolo/schema-check';
import { type DocumentNode, Kind, parse } from 'graphql';
import { checkSupergraph, composeSupergraph, describeFinding } from '../src/compose-supergraph.ts';
import { createDemoPurposes } from '../src/demo-purposes.ts';
import {
  createFoundingPage,
  foundingPageFile,
  readFoundingDocument,
} from '../src/founding-page.ts';
import { createPermissions, describePermissions } from '../src/permissions.ts';
import { readExamples } from '../src/read-examples.ts';
import { factDocuments, factGraphOf } from '../src/read-facts.ts';
import { analysisPart, readSubgraphSdl, subgraphNames } from '../src/read-subgraph-sdl.ts';
import {
  analysisFile,
  demoPurposeFile,
  factsFolder,
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

// The facts are read against the graph without their own analysis, which is then written from them.
const facts = await settleAnalysis();

for (const name of subgraphNames) {
  const service = new URL(`../../services/${name}/`, import.meta.url);
  const config = new URL('resolver-types.json', service);
  await settle(
    fileURLToPath(new URL('src/generated/resolver-types.ts', service)),
    await generateResolverTypes(name, readSubgraphSdl(name), config),
  );
}

const { findings, supergraphSdl: composedSdl } = checkSupergraph();
const errors = findings.filter(({ severity }) => severity === 'ERROR');
problems.push(...errors.map(describeFinding));
// A graph with an open question is not written: whoever starts from it would serve the question.
if (composedSdl !== null && errors.length === 0) await settleWhatFollows(composedSdl);

if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exitCode = 1;
}

async function settleAnalysis(): Promise<readonly Fact[]> {
  const withoutAnalysis = subgraphNames.map((name) => ({
    name,
    sdl:
      name === 'coordination-table'
        ? `${readSubgraphSdl(name, analysisPart)}\n${analysisWithoutFactsSdl}`
        : readSubgraphSdl(name),
  }));
  const composedWithout = composeSupergraph(withoutAnalysis);
  if (composedWithout.kind === 'refused') {
    problems.push(...composedWithout.findings.map(describeFinding));
    return [];
  }
  const { supergraphSdl } = composedWithout;
  const graph = factGraphOf(supergraphSdl);
  try {
    const read = await readFactFiles(factsFolder, graph);
    const table = parse(readSubgraphSdl('coordination-table', analysisPart));
    const sdl = analysisSdl(read, graph, enumsOf(table));
    await settle(analysisFile, sdl);
    return read;
  } catch (error) {
    if (!(error instanceof FactError)) throw error;
    problems.push(error.message);
    return [];
  }
}

function enumsOf(document: DocumentNode): ReadonlySet<string> {
  return new Set(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.ENUM_TYPE_DEFINITION ? [definition.name.value] : [],
    ),
  );
}

async function settleWhatFollows(supergraphSdl: string): Promise<void> {
  const examples = await readExamples();
  const schema = readClientSchema(supergraphSdl);
  const wrong = validateExamples(schema, examples);
  problems.push(...wrong);
  if (wrong.length > 0) return;
  const documents = [...examples, ...factDocuments(facts)].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const decisions = readDecisions(supergraphSdl);
  const permissions = createPermissions(decisions);
  // Without its facts the rest would be written as if there were none.
  if (facts.length === 0) return;
  await settle(supergraphFile, supergraphSdl);
  await settle(permissionsFile, asJson({ fields: permissions }));
  await settle(permissionsPage, describePermissions(permissions));
  await settle(trustedDocumentsFile, asJson(createTrustedDocuments(documents)));
  const { page, problems: missing } = createFoundingPage(await readFoundingDocument(), documents);
  problems.push(...missing);
  await settle(foundingPageFile, page);
  for (const purpose of createDemoPurposes(decisions, documents, schema)) {
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
