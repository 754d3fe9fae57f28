// A worker thread does not inherit the TypeScript loader of the process on Node 20, so it brings its own.
import { register } from 'tsx/esm/api';

register();
await import('./planner-worker.ts');
