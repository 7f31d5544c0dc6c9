import { subject } from '../contract.ts';
import { event, happens, read, same } from '../inside/seen.ts';

type Tls = typeof import('node:tls') & { getCACertificates?: (type: string) => string[] };

export default subject<Tls>('tls', {
  createServer: async ({ createServer, connect }) => {
    const { CERTIFICATE, PRIVATE_KEY } = await import('../inside/certificate.ts');
    const server = createServer({ key: PRIVATE_KEY, cert: CERTIFICATE, ALPNProtocols: ['own'] }, (socket) =>
      socket.end('sealed'),
    );
    server.listen(0, '127.0.0.1');
    await event(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const socket = connect({
      host: '127.0.0.1',
      servername: 'localhost',
      port,
      ca: CERTIFICATE,
      ALPNProtocols: ['own'],
    });
    await event(socket, 'secureConnect');
    const [isTrusted, protocol] = [socket.authorized, socket.alpnProtocol];
    const text = await read(socket);
    server.close();
    return same([text, isTrusted, protocol], ['sealed', true, 'own']);
  },
  'createServer SNICallback': async ({ createServer, connect, createSecureContext }) => {
    const { CERTIFICATE, PRIVATE_KEY } = await import('../inside/certificate.ts');
    let asked = '';
    const server = createServer(
      {
        SNICallback: (name, done) => {
          asked = name;
          done(null, createSecureContext({ key: PRIVATE_KEY, cert: CERTIFICATE }));
        },
      },
      (socket) => socket.end('x'),
    );
    server.listen(0, '127.0.0.1');
    await event(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const socket = connect({ host: '127.0.0.1', servername: 'localhost', port, ca: CERTIFICATE });
    await read(socket);
    server.close();
    return same(asked, 'localhost');
  },
  createSecureContext: async ({ createSecureContext }) => {
    const { CERTIFICATE, PRIVATE_KEY } = await import('../inside/certificate.ts');
    return same(typeof createSecureContext({ key: PRIVATE_KEY, cert: CERTIFICATE }).context, 'object');
  },
  rootCertificates: ({ rootCertificates }) => happens(rootCertificates.length > 20, 'there are none'),
  getCiphers: ({ getCiphers }) => same(getCiphers().includes('tls_aes_256_gcm_sha384'), true),
  checkServerIdentity: ({ checkServerIdentity }) =>
    same(
      checkServerIdentity('other', { subject: { CN: 'own' }, subjectaltname: 'DNS:own' } as never)?.name,
      'Error',
    ),
  getCACertificates: ({ getCACertificates }) => same((getCACertificates?.('bundled').length ?? 0) > 20, true),
});
