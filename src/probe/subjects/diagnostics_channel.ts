import { subject } from '../contract.ts';
import { event, happens, same } from '../inside/seen.ts';

type Channels = typeof import('node:diagnostics_channel');

/** Counts the messages of a channel while a program does something. */
async function counted({ subscribe }: Channels, name: string, work: () => Promise<unknown>) {
  let count = 0;
  subscribe(name, () => void count++);
  await work();
  return happens(count > 0, `no message of ${name}`);
}

export default subject<Channels>('diagnostics_channel', {
  channel: ({ channel }) => {
    const seen: unknown[] = [];
    const own = channel('probe');
    own.subscribe((message) => void seen.push(message));
    own.publish(1);
    return same([seen, own.hasSubscribers], [[1], true]);
  },
  tracingChannel: ({ tracingChannel }) => {
    const seen: string[] = [];
    const own = tracingChannel('probe');
    own.subscribe({ start: () => seen.push('start'), end: () => seen.push('end') } as never);
    own.traceSync(() => seen.push('call'));
    return same(seen, ['start', 'call', 'end']);
  },
  'subscribe http.server.request.start': (module, { ask }) =>
    counted(module, 'http.server.request.start', async () => {
      const { createServer } = await import('node:http');
      const server = createServer((_, response) => response.end('x')).listen(0, '127.0.0.1');
      await event(server, 'listening');
      const address = server.address();
      await ask(typeof address === 'object' ? (address?.port ?? 0) : 0);
      server.close();
    }),
  'subscribe http.client.request.start': (module, { origin }) =>
    counted(module, 'http.client.request.start', async () => {
      const { get } = await import('node:http');
      const [response] = (await event(get(`${origin}/client`), 'response')) as [
        import('node:http').IncomingMessage,
      ];
      response.resume();
      await event(response, 'end');
    }),
  'subscribe net.client.socket': (module, { origin }) =>
    counted(module, 'net.client.socket', async () => {
      const { connect } = await import('node:net');
      const socket = connect(Number(new URL(origin).port), '127.0.0.1');
      await event(socket, 'connect');
      socket.destroy();
    }),
  'subscribe undici:request:create': (module, { origin }) =>
    counted(module, 'undici:request:create', async () => (await fetch(`${origin}/fetch`)).text()),
});
