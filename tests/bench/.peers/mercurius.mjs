import gateway from '@mercuriusjs/gateway';
import Fastify from 'fastify';

/** Mercurius as a gateway, with its caches and compiled queries on. */
const [port, text = '[]'] = process.argv.slice(2);
const app = Fastify();
await app.register(gateway.default ?? gateway, {
  gateway: {
    services: JSON.parse(text).map(({ name, url, sdl }) => ({
      name,
      url,
      // It knows Federation 1 as it was first written: several root types are extensions of one.
      schema: sdl.replace('type Query', 'extend type Query'),
    })),
  },
  jit: 1,
});
await app.listen({ host: '127.0.0.1', port: Number(port) });
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));
