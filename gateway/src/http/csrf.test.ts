import { describe, expect, test } from 'vitest';
import { refusalOfForgery } from './csrf.ts';

const host = 'localhost:4000';

describe('a GET', () => {
  test.each([
    ['of a program', {}],
    ['of Node, whose fetch tells its mode', { 'sec-fetch-mode': 'cors', accept: '*/*' }],
    ['typed into the address bar', { 'sec-fetch-site': 'none' }],
    ['of the own page', { 'sec-fetch-site': 'same-origin', referer: `http://${host}/explorer/` }],
    ['of the own page, told by its origin', { origin: `http://${host}` }],
    ['with a token', { authorization: 'Bearer x', 'sec-fetch-site': 'cross-site' }],
    ['with a bound token', { authorization: 'DPoP x', cookie: 'a=b' }],
    ['with a header that needs a preflight', { 'graphql-require-preflight': '1', cookie: 'a=b' }],
    ['of Apollo Client', { 'apollo-require-preflight': '1', 'sec-fetch-site': 'same-site' }],
    ['with a content type that needs one', { 'content-type': 'application/json', cookie: 'a=b' }],
  ])('%s is taken', (_title, headers) => {
    expect(refusalOfForgery('GET', { host, ...headers }, undefined)).toBeUndefined();
  });

  test.each([
    ['of another site', { 'sec-fetch-site': 'cross-site' }],
    ['of a sibling host', { 'sec-fetch-site': 'same-site' }],
    ['of another origin', { origin: 'https://elsewhere.example' }],
    ['of another port of this machine', { origin: 'http://localhost:3000' }],
    ['of a page without an origin', { origin: 'null' }],
    ['of a link on another page', { referer: 'https://elsewhere.example/page' }],
    ['with a referrer that is none', { referer: 'about:blank' }],
    ['with a cookie', { cookie: 'session=1' }],
    ['with a password that the browser keeps', { authorization: 'Basic x', cookie: 'a=b' }],
    [
      'with the login of the machine',
      { authorization: 'Negotiate x', 'sec-fetch-site': 'cross-site' },
    ],
    ['as a form', { 'content-type': 'text/plain', 'sec-fetch-site': 'cross-site' }],
  ])('%s is refused', (_title, headers) => {
    expect(refusalOfForgery('GET', { host, ...headers }, undefined)).toMatchObject({
      status: 403,
      code: 'BAD_REQUEST',
      reason: 'OTHER_SITE',
    });
  });

  test('behind a proxy, is of the own page by the public name', () => {
    const own = 'https://hub.example';
    expect(refusalOfForgery('GET', { host, origin: own }, own)).toBeUndefined();
    expect(refusalOfForgery('GET', { host, origin: `http://${host}` }, own)).toBeDefined();
  });
});

describe('a POST', () => {
  test.each(['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON'])(
    'of %s is taken',
    (type) => {
      expect(refusalOfForgery('POST', { host, 'content-type': type }, undefined)).toBeUndefined();
    },
  );

  test.each([
    undefined,
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonx',
    'text/plain; application/json',
  ])('of %s is refused, also with a token', (type) => {
    const headers = { host, authorization: 'Bearer x', 'content-type': type };
    expect(refusalOfForgery('POST', headers, undefined)).toMatchObject({ status: 415 });
  });
});
