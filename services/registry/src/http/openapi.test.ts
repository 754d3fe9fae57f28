import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeApi } from './describe-api.ts';

it('the committed OpenAPI document is that of the routes (npm run openapi -w @tavolo/registry)', async () => {
  const committed = readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8');
  expect(JSON.parse(committed)).toEqual(JSON.parse(await describeApi()));
});

it('every address of the document says what it is for and how it refuses', async () => {
  const { paths } = JSON.parse(await describeApi()) as {
    paths: Record<string, Record<string, { summary?: string; responses: object }>>;
  }; // an OpenAPI document
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  expect(operations.length).toBeGreaterThan(20);
  for (const { summary, responses } of operations) {
    expect(summary).toBeTruthy();
    if (summary !== 'Who you are to the registry') expect(responses).toHaveProperty('default');
  }
});
