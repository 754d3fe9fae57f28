// `node start.mjs ENTRY ARGUMENTS`: runs a TypeScript entry of this repository without a loader that stays in memory.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compile } from './compile.mjs';

// What runs is the entry, as if Node had been given it.
process.argv.splice(1, 1);
const [, entry] = process.argv;
if (entry === undefined) throw new Error('Usage: node start.mjs ENTRY');
process.setSourceMapsEnabled(true);
await import(await compile(pathToFileURL(resolve(entry))));
