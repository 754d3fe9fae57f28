import { readAllowedNetworks } from '@tavolo/routing-address';
import { describe, expect, it } from 'vitest';
import { createCheckRoutingUrls } from './check-routing-urls.ts';

const hosts: Readonly<Record<string, readonly string[]>> = {
  'partner.example.org': ['203.0.113.9', '2001:db8::9'],
  'public.example.org': ['93.184.215.14'],
  'inside.example.org': ['93.184.215.14', '10.1.2.3'],
  'metadata.example.org': ['169.254.169.254'],
};
const resolve = async (host: string) => {
  if (/^[\d.]+$/u.test(host) || host.includes(':')) return [host];
  const found = hosts[host];
  if (found === undefined) throw new Error('ENOTFOUND');
  return found;
};
const check = (url: string, allowed: readonly string[] = []) =>
  createCheckRoutingUrls({ allowed: readAllowedNetworks(allowed), resolve })([
    { name: 'centres', owner: 'centres', url },
  ]);

describe('where a subgraph may listen', () => {
  it.each([
    ['https://public.example.org/graphql', []],
    ['http://127.0.0.1:4001/graphql', ['127.0.0.0/8']],
    ['http://[::1]:4001/graphql', ['::1/128']],
    ['http://inside.example.org/', ['10.1.0.0/16']],
  ])('%s is let through (allowed: %s)', async (url, allowed) => {
    expect(await check(url, allowed)).toEqual([]);
  });

  it.each([
    'http://127.0.0.1/graphql',
    'http://2130706433/graphql',
    'http://0x7f.1/graphql',
    'http://[::1]/graphql',
    'http://[::ffff:10.0.0.1]/graphql',
    'http://0.0.0.0/graphql',
    'http://10.1.2.3/graphql',
    'http://169.254.169.254/latest/meta-data',
    'http://metadata.example.org/',
    // One of two addresses is enough.
    'http://inside.example.org/',
    'http://unheard-of.example.org/',
    'https://user:canary@public.example.org/',
    'https://public.example.org/#canary',
    'ftp://public.example.org/',
  ])('%s is refused, and not repeated', async (url) => {
    const findings = await check(url);
    expect(findings).toMatchObject([{ code: 'ROUTING_ADDRESS_REFUSED', severity: 'ERROR' }]);
    expect(JSON.stringify(findings)).not.toContain('canary');
  });
});
