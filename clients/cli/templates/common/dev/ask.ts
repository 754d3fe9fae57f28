// Asks the running subgraph as the gateway would: npm run ask, or npm run ask -- '{ __typename }'
import { readFileSync } from 'node:fs';
import { subgraphName } from '../src/service.ts';
import { type SigningKey, signContext } from './sign-context.ts';

const example =
  '{ __FIELD__Enrolments(first: 3) { nodes { id kind status startedOn district } pageInfo { hasNextPage } } }';
const key = JSON.parse(readFileSync('dev/gateway-private-key.json', 'utf8')) as SigningKey;
const body = JSON.stringify({ query: process.argv[2] ?? example });
const port = process.env['PORT'] ?? '__PORT__';
const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
  method: 'POST',
  headers: {
    'content-type': 'application/json',
    'tavolo-context': signContext(key, { audience: subgraphName, body }),
  },
  body,
});
console.log(JSON.stringify(await answer.json(), null, 2));
process.exitCode = answer.ok ? 0 : 1;
