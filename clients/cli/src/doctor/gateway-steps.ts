import { z } from 'zod';
import type { Host } from './connection-steps.ts';
import { reached } from './connection-steps.ts';
import {
  type DoctorStep,
  type Finding,
  good,
  type NotTried,
  note,
  notTried,
  wrong,
} from './doctor-step.ts';
import { lookHttp } from './look-http.ts';

const readiness = z.object({
  status: z.string(),
  partners: z.array(z.object({ name: z.string(), ready: z.boolean(), circuit: z.string() })),
});

/** Whether the gateway serves, and reaches this subgraph. */
export function gatewaySteps(host: Host, name: string | null, timeoutMs: number): DoctorStep[] {
  let state: z.infer<typeof readiness> | undefined;

  async function lookReady(): Promise<Finding> {
    const { status, json } = await lookHttp(new URL('/health/ready', host.url), timeoutMs);
    state = readiness.safeParse(json).data;
    if (state === undefined)
      return wrong(`it answers ${status}, and not as a gateway of this hub`, 'Is --gateway right?');
    if (status === 200) return good(`ready, ${state.partners.length} partners`);
    return note(state.status, 'The hub’s operator: its /health/ready says what it waits for.');
  }

  async function lookPartner(): Promise<Finding | NotTried> {
    if (name === null) return notTried('no subgraph was named (--name, or tavolo.json)');
    const partner = state?.partners.find((one) => one.name === name);
    if (partner === undefined) {
      return note(
        `the gateway has no ${name}`,
        'It is not published, or not yet: tavolo subgraph show.',
      );
    }
    if (partner.ready) return good(`ready, circuit ${partner.circuit}`);
    return wrong(
      `the gateway does not reach it, or it is not ready (circuit ${partner.circuit})`,
      'From the gateway’s network: name, firewall, certificate of the published address; then its /health/ready.',
    );
  }

  return [
    {
      code: 'GATEWAY_READY',
      title: 'The gateway is ready',
      needs: [reached(host)],
      look: lookReady,
    },
    {
      code: 'GATEWAY_REACHES_SUBGRAPH',
      title: 'The gateway reaches the subgraph',
      needs: ['GATEWAY_READY'],
      look: lookPartner,
    },
  ];
}
