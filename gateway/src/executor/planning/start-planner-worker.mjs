// A worker thread does not inherit the TypeScript loader of the process on Node 20, and one of its own costs more memory.
import { compile } from '../../compiled-start/compile.mjs';

// Text goes in and a plan comes out: no package is shared with the other threads, and the thread starts often.
const worker = new URL('./planner-worker.ts', import.meta.url);
await import(await compile(worker, { withPackages: true }));
