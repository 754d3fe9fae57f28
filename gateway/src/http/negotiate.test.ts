import { describe, expect, test } from 'vitest';
import { graphqlForm, jsonForm, unnamedForm } from './answer-form.ts';
import { negotiate } from './negotiate.ts';

const response = 'application/graphql-response+json';

describe('how an answer is sent', () => {
  test.each([
    ['nothing is said', undefined, unnamedForm],
    ['anything will do', '*/*', unnamedForm],
    ['an empty list', '', unnamedForm],
    ['the type of before', 'application/json', jsonForm],
    ['the type of GraphQL', response, graphqlForm],
    ['any of application', 'application/*', unnamedForm],
    ['axios', 'application/json, text/plain, */*', jsonForm],
    ['Apollo Client', `${response},application/json;q=0.9`, graphqlForm],
    ['GraphiQL', 'application/json, multipart/mixed', jsonForm],
    ['both, the first first', `application/json, ${response}`, jsonForm],
    ['both, the second first', `${response}, application/json`, graphqlForm],
    [
      'the larger quality, wherever it is',
      `application/json;q=0.5, ${response};q=0.8`,
      graphqlForm,
    ],
    ['the named one over what a wildcard stands for', `*/*, ${response}`, graphqlForm],
    ['the named one, though it is liked less', `${response};q=0.1, */*;q=0`, graphqlForm],
    ['a wildcard liked more than the name', `${response};q=0.1, */*;q=0.9`, unnamedForm],
    ['one is excluded', 'application/json;q=0, */*', graphqlForm],
    ['capital letters', 'Application/JSON ; Charset="UTF-8"', jsonForm],
    ['charset', `${response}; charset=utf-8`, graphqlForm],
    ['a quality that is none', 'application/json;q=high', jsonForm],
    ['a browser', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', unnamedForm],
    [
      'incremental delivery first',
      'multipart/mixed;deferSpec=20220824, application/json',
      jsonForm,
    ],
  ])('%s: %s → %o', (_title, accept, form) => {
    expect(negotiate(accept)).toBe(form);
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
