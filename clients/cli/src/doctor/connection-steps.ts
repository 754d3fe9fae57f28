import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { createDeadline } from '@tavolo/deadline';
import { codeOf } from '../cli-error.ts';
import { type DoctorStep, type Finding, good, note, wrong } from './doctor-step.ts';
import { lookHttp } from './look-http.ts';
import { lookTls } from './look-tls.ts';

/** Somebody to connect to. */
export interface Host {
  /** Ends the codes of its steps: `REGISTRY`. */
  readonly code: string;
  /** `the registry`. */
  readonly whom: string;
  readonly url: URL;
  /** Asked for its clock. */
  readonly path: string;
}

const day = 86_400_000;
/** What the hub's parts allow each other. */
const clockToleranceMs = 5_000;
const hostOf = ({ url }: Host): string => url.hostname.replace(/^\[|\]$/gu, '');
const portOf = ({ url }: Host): number =>
  Number(url.port || (url.protocol === 'https:' ? 443 : 80));

/** The code of the last step before questions can be asked. */
export const reached = ({ code }: Pick<Host, 'code'>): string => `TLS_${code}`;

/** From the name to the clock of one host. */
export function connectionSteps(host: Host, now: () => Date, timeoutMs: number): DoctorStep[] {
  const { code, whom } = host;
  return [
    {
      code: `DNS_${code}`,
      title: `The name of ${whom} is known`,
      needs: [],
      look: () => lookName(host),
    },
    {
      code: `TCP_${code}`,
      title: `${capital(whom)} takes connections`,
      needs: [`DNS_${code}`],
      look: () => lookPort(host, timeoutMs),
    },
    {
      code: reached(host),
      title: `The certificate of ${whom} is good`,
      needs: [`TCP_${code}`],
      look: () => lookCertificate(host, now, timeoutMs),
    },
    {
      code: `CLOCK_${code}`,
      title: `The clock here and that of ${whom} agree`,
      needs: [reached(host)],
      look: () => lookClock(host, now, timeoutMs),
    },
  ];
}

async function lookName(host: Host): Promise<Finding> {
  const name = hostOf(host);
  try {
    const addresses = await lookup(name, { all: true });
    return good(
      `${name}: ${addresses
        .map(({ address }) => address)
        .slice(0, 4)
        .join(', ')}`,
    );
  } catch (error) {
    return wrong(
      `${name} has no address here (${codeOf(error)})`,
      'Is the name written rightly? Otherwise the DNS of this network does not know it: ask your network’s people, or enter it in the hosts file to try.',
    );
  }
}

async function lookPort(host: Host, timeoutMs: number): Promise<Finding> {
  const where = `${hostOf(host)}:${portOf(host)}`;
  const deadline = createDeadline(timeoutMs);
  try {
    await new Promise<void>((resolve, reject) => {
      const socket = connect({ host: hostOf(host), port: portOf(host) });
      const fail = (error: unknown) => {
        socket.destroy();
        reject(Object.assign(new Error('no connection'), { code: codeOf(error) }));
      };
      deadline.signal.addEventListener(
        'abort',
        () => fail(Object.assign(new Error('no connection'), { code: 'TIMEOUT' })),
        { once: true },
      );
      socket.once('error', fail);
      socket.once('connect', () => {
        socket.destroy();
        resolve();
      });
    });
    return good(where);
  } catch (error) {
    const code = codeOf(error);
    const advice =
      code === 'ECONNREFUSED'
        ? 'Nobody listens on that port: is it running, and is the port right?'
        : 'A firewall in between drops it, or the host is off: ask for the way from here to that address and port to be opened.';
    return wrong(`${where} does not answer (${code})`, advice);
  } finally {
    deadline.release();
  }
}

async function lookCertificate(host: Host, now: () => Date, timeoutMs: number): Promise<Finding> {
  if (host.url.protocol === 'http:') {
    return /^(127\.|localhost$|::1$)/u.test(hostOf(host))
      ? good('plain http, of this machine')
      : note('plain http', 'Between machines use https: what is about people goes over this line.');
  }
  const facts = await lookTls(host.url, timeoutMs).catch((error: unknown) => codeOf(error));
  if (typeof facts === 'string') {
    return wrong(
      `no TLS on that port (${facts})`,
      'Is it https there? A proxy may speak plain http.',
    );
  }
  const { validFrom, validTo, isNamed, chainProblem } = facts;
  if (validTo < now()) {
    return wrong(
      `the certificate ended on ${dayOf(validTo)}`,
      `Whoever runs ${host.whom} renews it; if the date looks right, look at the clock of this machine.`,
    );
  }
  if (validFrom > now()) {
    return wrong(
      `the certificate begins on ${dayOf(validFrom)}`,
      'Look at the clock of this machine: it is probably behind.',
    );
  }
  if (!isNamed) {
    return wrong(
      `the certificate is not for ${hostOf(host)}`,
      'Use the name that the certificate is for, or have one made for this name (subjectAltName).',
    );
  }
  if (chainProblem !== null) {
    return wrong(
      `no authority that this machine trusts vouches for it (${chainProblem})`,
      'The server must send the intermediate certificates too; for an authority of your own, NODE_EXTRA_CA_CERTS=FILE names its certificate.',
    );
  }
  const left = Math.floor((validTo.getTime() - now().getTime()) / day);
  if (left >= 14) return good(`valid until ${dayOf(validTo)}`);
  return note(`ends in ${left} days, on ${dayOf(validTo)}`, 'Have it renewed now.');
}

async function lookClock(host: Host, now: () => Date, timeoutMs: number): Promise<Finding> {
  const before = now().getTime();
  const { date } = await lookHttp(new URL(host.path, host.url), timeoutMs);
  const here = (before + now().getTime()) / 2;
  if (date === null) return note('it does not say its time', 'Nothing: it cannot be compared.');
  // The header has whole seconds, cut off.
  const aheadMs = here - (date.getTime() + 500);
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (Math.abs(aheadMs) <= clockToleranceMs) return good(`${seconds} s apart`);
  return wrong(
    `this machine is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} ${host.whom}`,
    'Keep both by NTP (timedatectl set-ntp true): tokens and contexts hold for seconds.',
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const dayOf = (date: Date): string => date.toISOString().slice(0, 10);
