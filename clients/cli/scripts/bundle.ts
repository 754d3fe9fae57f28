import { fileURLToPath } from 'node:url';
import { bundle } from './create-bundle.ts';

const outfile = process.argv[2] ?? fileURLToPath(new URL('../dist/tavolo.mjs', import.meta.url));
const { bytes } = await bundle(outfile);
process.stdout.write(`${outfile}: ${(bytes / 1_000_000).toFixed(1)} MB\n`);
