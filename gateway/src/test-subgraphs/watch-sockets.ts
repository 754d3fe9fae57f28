import dns from 'node:dns';
import net from 'node:net';

/** Started as a process of its own by `telemetry.test.ts`; prints what the gateway tried to reach. */
const targets: string[] = [];
const lookups: string[] = [];

// eslint-disable-next-line @typescript-eslint/unbound-method -- applied to its own socket below
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function watched(this: net.Socket, ...args: unknown[]) {
  targets.push(JSON.stringify(args.flat(2)));
  // The arguments go on as they came; the overloads cannot be named here.
  return Reflect.apply(connect, this, args) as net.Socket;
};
const lookup = dns.lookup;
Object.assign(dns, {
  lookup: (name: string, ...rest: unknown[]) => {
    lookups.push(name);
    return Reflect.apply(lookup, dns, [name, ...rest]) as unknown;
  },
});

const { startTestProvince } = await import('./province.ts');
const province = await startTestProvince();
const answer = await province.ask('{ sites facilities { id guests { events } } }');
// Reports leave at intervals and at the end: both are lived through.
await new Promise((resolve) => setTimeout(resolve, 3_000));
const known = [province.gateway.port, province.reception.port, province.health.port];
await province.close();
const strangers = targets.filter(
  (target) =>
    !known.some((port) => target.includes(`"port":"${port}"`) || target.includes(`"port":${port}`)),
);
const names = lookups.filter((name) => name !== '127.0.0.1');
console.log(JSON.stringify({ answered: answer.errors === undefined, strangers, lookups: names }));
