import { writeFileSync } from 'node:fs';
import { describeApi } from '../src/http/describe-api.ts';

/** Writes the committed OpenAPI document; a test says whether it is current. */
writeFileSync(new URL('../openapi.json', import.meta.url), await describeApi());
