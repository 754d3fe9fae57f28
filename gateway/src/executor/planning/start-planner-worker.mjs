// A worker thread does not inherit the TypeScript loader of the process on Node 20, and one of its own costs more memory.
import { compile } from '../../compiled-start/compile.mjs';

await import(await compile(new URL('./planner-worker.ts', import.meta.url)));
