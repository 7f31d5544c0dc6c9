import { subject } from '../contract.ts';
import { event, read, same } from '../inside/seen.ts';

type Http2 = typeof import('node:http2');

async function asked({ connect }: Http2, origin: string, options: object) {
  const client = connect(origin, options);
  const stream = client.request({ ':path': '/two' });
  const text = await read(stream);
  client.close();
  return same(text, 'two /two');
}

const listening = async (
  server: import('node:http2').Http2Server | import('node:http2').Http2SecureServer,
) => {
  server.on('stream', (stream, headers) => {
    stream.respond({ ':status': 200 });
    stream.end(`two ${headers[':path']}`);
  });
  server.listen(0, '127.0.0.1');
  await event(server, 'listening');
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
};

export default subject<Http2>('http2', {
  createServer: async (module) => {
    const server = module.createServer();
    const port = await listening(server);
    const seen = await asked(module, `http://127.0.0.1:${port}`, {});
    server.close();
    return seen;
  },
  createSecureServer: async (module) => {
    const { CERTIFICATE, PRIVATE_KEY } = await import('../inside/certificate.ts');
    const server = module.createSecureServer({ key: PRIVATE_KEY, cert: CERTIFICATE, allowHTTP1: true });
    const port = await listening(server);
    const seen = await asked(module, `https://localhost:${port}`, { ca: CERTIFICATE });
    server.close();
    return seen;
  },
});
