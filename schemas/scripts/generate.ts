import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'graphql';
import { composeSupergraph } from '../src/compose-supergraph.ts';
import { findUndescribed } from '../src/find-undescribed.ts';
import { readExamples } from '../src/read-examples.ts';
import { readSubgraphSdl, subgraphNames } from '../src/read-subgraph-sdl.ts';
import { refuseDirectIdentifiers } from '../src/refuse-direct-identifiers.ts';
import { supergraphFile } from '../src/supergraph-file.ts';
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
  );
  problems.push(...refuseDirectIdentifiers(document).map((reason) => `${name}: ${reason}`));
  const service = new URL(`../../services/${name}/`, import.meta.url);
  await settle(
    fileURLToPath(new URL('src/generated/resolver-types.ts', service)),
    await generateResolverTypes(name, sdl, new URL('resolver-types.json', service)),
  );
}

const composed = composeSupergraph(subgraphs);
if (composed.kind === 'refused') {
  problems.push(...composed.reasons);
} else {
  await settle(supergraphFile, composed.supergraphSdl);
  problems.push(...validateExamples(composed.supergraphSdl, await readExamples()));
}

if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exitCode = 1;
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
