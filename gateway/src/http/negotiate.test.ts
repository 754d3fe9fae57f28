import { describe, expect, test } from 'vitest';
import { negotiate } from './negotiate.ts';

const json = 'application/json';
const response = 'application/graphql-response+json';

describe('the media type of an answer', () => {
  test.each([
    ['nothing is said', undefined, json],
    ['anything will do', '*/*', json],
    ['an empty list', '', json],
    ['the type of before', 'application/json', json],
    ['the type of GraphQL', response, response],
    ['any of application', 'application/*', json],
    ['axios', 'application/json, text/plain, */*', json],
    ['Apollo Client', `${response},application/json;q=0.9`, response],
    ['GraphiQL', 'application/json, multipart/mixed', json],
    ['both, the first first', `application/json, ${response}`, json],
    ['both, the second first', `${response}, application/json`, response],
    ['the larger quality, wherever it is', `application/json;q=0.5, ${response};q=0.8`, response],
    ['the named one over what a wildcard stands for', `*/*, ${response}`, response],
    ['the named one, though it is liked less', `${response};q=0.1, */*;q=0`, response],
    ['a wildcard liked more than the name', `${response};q=0.1, */*;q=0.9`, json],
    ['one is excluded', 'application/json;q=0, */*', response],
    ['capital letters', 'Application/JSON ; Charset="UTF-8"', json],
    ['charset', `${response}; charset=utf-8`, response],
    ['a quality that is none', 'application/json;q=high', json],
    ['a browser', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', json],
    ['incremental delivery first', 'multipart/mixed;deferSpec=20220824, application/json', json],
  ])('%s: %s → %s', (_title, accept, type) => {
    expect(negotiate(accept)).toBe(type);
  });

  test.each([
    'text/html',
    'application/xml',
    'application/jsonx',
    'application/json;q=0',
    '*/*;q=0',
    'application/json; charset=iso-8859-1',
    'application/json;q=0, application/graphql-response+json;q=0.0, text/html',
    'text/html;x="a,application/json"',
  ])('%s can be given neither', (accept) => {
    expect(negotiate(accept)).toBeUndefined();
  });
});
