#!/usr/bin/env node
// Node 20 cannot read TypeScript; tsx can, once registered.
import { register } from 'tsx/esm/api';

register();
await import('../src/main.ts');
