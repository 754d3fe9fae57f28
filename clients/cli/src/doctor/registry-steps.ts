import { lookup } from 'node:dns/promises';
import { subgraphView } from '@tavolo/registry-api';
import { refusedAddress } from '@tavolo/routing-address';
import { z } from 'zod';
import { partnerEntry } from '../registry/entries.ts';
import type { Registry } from '../registry/open-registry.ts';
import {
  type DoctorStep,
  type Finding,
  good,
  type NotTried,
  note,
  notTried,
  wrong,
} from './doctor-step.ts';

const me = z.object({
  organisation: z.string(),
  partnerId: z.string().nullable(),
  roles: z.array(z.string()),
  isStopped: z.boolean(),
});

const needs = 'partner-it, privacy-officer or hub-operator';

/** What the registry knows of this user, its institution and its subgraph. */
export function registrySteps(
  open: () => Promise<Registry>,
  name: string | null,
  ground: readonly string[],
): DoctorStep[] {
  let who: z.infer<typeof me> | undefined;
  let opened: Promise<Registry> | undefined;
  const registry = () => {
    opened ??= open();
    return opened;
  };

  async function lookMe(): Promise<Finding> {
    who = await (await registry()).ask({ path: '/me', needs: 'a login for the registry' }, me);
    const roles = who.roles.join(', ') || 'none';
    const finding = `organisation ${who.organisation}, roles: ${roles}`;
    if (who.isStopped) {
      return wrong(`${finding}; suspended`, 'Ask the hub’s operator why, and to take it up again.');
    }
    const mayPublish = who.roles.includes('partner-it') || who.roles.includes('hub-operator');
    if (mayPublish) return good(finding);
    return note(finding, 'Publishing takes partner-it or hub-operator: log in as one who is.');
  }

  async function lookPartner(): Promise<Finding | NotTried> {
    const id = who?.partnerId ?? null;
    if (id === null) {
      if (who?.roles.includes('hub-operator')) return notTried('the hub’s operator is no partner');
      return wrong(
        'your organisation is no partner of the hub: it asks, and does not answer',
        'The hub’s operator admits it: tavolo partner add NAME.',
      );
    }
    const found = await (await registry()).find({ path: `/partners/${id}`, needs }, partnerEntry);
    if (found === null)
      return wrong(
        `the partner ${id} is not registered`,
        'The hub’s operator: tavolo partner add NAME.',
      );
    if (found.entry.suspensions.length > 0) {
      const by = found.entry.suspensions.map((one) => one.by).join(', ');
      return wrong(
        `the partner ${id} is suspended by ${by}`,
        'Whoever suspended it takes it up again: tavolo partner list says why.',
      );
    }
    const { subgraphs } = found.entry.content;
    if (name === null || subgraphs.includes(name))
      return good(`${id}, with ${subgraphs.join(', ') || 'no subgraph'}`);
    return wrong(
      `${id} answers for ${subgraphs.join(', ') || 'no subgraph'}, and not for ${name}`,
      'Is the name in tavolo.json right? Otherwise the operator adds it to the partner.',
    );
  }

  async function lookSubgraph(): Promise<Finding | NotTried> {
    if (name === null) return notTried('no subgraph was named (--name, or tavolo.json)');
    const found = await (await registry()).find(
      { path: `/subgraphs/${name}`, needs },
      subgraphView,
    );
    if (found === null)
      return note(`the registry has no schema of ${name} yet`, 'tavolo subgraph publish.');
    const { state, version, url, owner } = found.entry;
    const finding = `${state.toLowerCase()}, version ${version ?? 'none'}, of ${owner}`;
    if (state === 'PUBLISHED')
      return url === null
        ? wrong(`${finding}, without an address`, 'tavolo subgraph publish --url URL.')
        : good(finding);
    return note(
      finding,
      state === 'DRAFT'
        ? 'A draft is not served: tavolo subgraph publish.'
        : 'tavolo subgraph versions shows how it came to that.',
    );
  }

  async function lookAddress(): Promise<Finding | NotTried> {
    if (name === null) return notTried('no subgraph was named');
    const found = await (await registry()).find(
      { path: `/subgraphs/${name}`, needs },
      subgraphView,
    );
    const url = found?.entry.url ?? null;
    if (url === null) return notTried('the registry has no address of it yet');
    const host = new URL(url).hostname.replace(/^\[|\]$/gu, '');
    const addresses = await lookup(host, { all: true }).catch(() => []);
    const [first] = addresses;
    if (first === undefined) {
      return wrong(
        `${host}, which the gateway is to call, has no address here`,
        'Enter the name in a DNS that the gateway asks, or publish another: --url URL.',
      );
    }
    for (const { address } of addresses) {
      const why = refusedAddress(address, []);
      if (why === null) continue;
      return note(
        `${host} leads to ${address}, which ${why}`,
        'The gateway calls it only where its operator allows that network (ROUTING_ALLOWED_NETWORKS).',
      );
    }
    return good(`${host}: ${first.address}`);
  }

  return [
    {
      code: 'REGISTRY_KNOWS_YOU',
      title: 'The registry knows who you are',
      needs: ground,
      look: lookMe,
    },
    {
      code: 'PARTNER_REGISTERED',
      title: 'Your institution is registered, and answers for this subgraph',
      needs: ['REGISTRY_KNOWS_YOU'],
      look: lookPartner,
    },
    {
      code: 'SUBGRAPH_PUBLISHED',
      title: 'The subgraph is published',
      needs: ['REGISTRY_KNOWS_YOU'],
      look: lookSubgraph,
    },
    {
      code: 'ROUTING_ADDRESS',
      title: 'The address that the gateway calls is public',
      needs: ['SUBGRAPH_PUBLISHED'],
      look: lookAddress,
    },
  ];
}
