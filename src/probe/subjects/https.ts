import { subject } from '../contract.ts';
import { event, read, same, thrown } from '../inside/seen.ts';

type Https = typeof import('node:https');

async function listening({ createServer }: Https) {
  const { CERTIFICATE, PRIVATE_KEY } = await import('../inside/certificate.ts');
  const server = createServer({ key: PRIVATE_KEY, cert: CERTIFICATE }, (_, response) =>
    response.end('sealed'),
  );
  server.listen(0, '127.0.0.1');
  await event(server, 'listening');
  const address = server.address();
  return { server, ca: CERTIFICATE, port: typeof address === 'object' ? (address?.port ?? 0) : 0 };
}

export default subject<Https>('https', {
  createServer: async (module) => {
    const { server, ca, port } = await listening(module);
    const own = module.get({ host: 'localhost', family: 4, port, ca });
    const [answer] = (await event(own, 'response')) as [import('node:http').IncomingMessage];
    const text = await read(answer);
    server.close();
    return same(text, 'sealed');
  },
  'get untrusted': async (module) => {
    const { server, port } = await listening(module);
    const error = await thrown(() => event(module.get({ host: 'localhost', family: 4, port }), 'response'));
    server.close();
    return same(error?.code, 'DEPTH_ZERO_SELF_SIGNED_CERT');
  },
});
