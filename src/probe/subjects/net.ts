import { subject } from '../contract.ts';
import { event, read, same } from '../inside/seen.ts';

type Net = typeof import('node:net');

export default subject<Net>('net', {
  createServer: async ({ createServer, connect }) => {
    const server = createServer((socket) => socket.pipe(socket));
    server.listen(0, '127.0.0.1');
    await event(server, 'listening');
    const address = server.address();
    const socket = connect(typeof address === 'object' ? (address?.port ?? 0) : 0, '127.0.0.1');
    socket.end('echo');
    const text = await read(socket);
    server.close();
    return same(text, 'echo');
  },
  'createServer path': async ({ createServer, connect }, { scratch }) => {
    const server = createServer((socket) => socket.end('by a path'));
    server.listen(`${scratch}/own.sock`);
    await event(server, 'listening');
    const text = await read(connect(`${scratch}/own.sock`));
    server.close();
    return same(text, 'by a path');
  },
  connect: async ({ connect }, { origin }) => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    await event(socket, 'connect');
    socket.write('GET /raw HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    return same((await read(socket)).endsWith('answered GET /raw'), true);
  },
  isIP: ({ isIP }) => same([isIP('::1'), isIP('127.0.0.1'), isIP('x')], [6, 4, 0]),
  BlockList: ({ BlockList }) => {
    const list = new BlockList();
    list.addSubnet('10.0.0.0', 8);
    return same([list.check('10.1.2.3'), list.check('11.0.0.1')], [true, false]);
  },
});
