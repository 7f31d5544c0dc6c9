import { createServer, type Server, type Socket } from 'node:net';

/**
 * Servers that speak just enough of a database's protocol for a client to connect, log in and ask one thing. What is
 * measured is the client's socket, which does not know the difference.
 */
export interface Peer {
  port: number;
  close(): void;
}

type Speak = (socket: Socket, data: Buffer, state: { step: number }) => void;

const packet = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};
const READY = packet('Z', Buffer.from('I'));

/** PostgreSQL: no TLS, no password, one empty result for each simple or extended query. */
const postgres: Speak = (socket, data, state) => {
  if (state.step === 0) {
    state.step = 1;
    socket.write(Buffer.concat([packet('R', Buffer.alloc(4)), READY]));
  } else if (data[0] === 0x51) {
    socket.write(Buffer.concat([packet('C', Buffer.from('SELECT 1\0')), READY]));
  }
};

const redis: Speak = (socket, data) => {
  const commands = data.toString().match(/\$\d+\r\n(?:get|info|hello|client|ping|select)\b/gi) ?? [];
  for (const command of commands) {
    const name = command.split('\n')[1]?.toLowerCase();
    if (name === 'get') socket.write('$5\r\nvalue\r\n');
    else if (name === 'info') socket.write('$23\r\nloading:0\r\nrole:master\n\r\n');
    else if (name === 'hello') socket.write('-ERR unknown command\r\n');
    else socket.write('+OK\r\n');
  }
};

const numbered = (sequence: number, body: Buffer): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUIntLE(body.length, 0, 3);
  head[3] = sequence;
  return Buffer.concat([head, body]);
};
const OK = Buffer.from([0, 1, 0, 2, 0, 0, 0]);

/** MySQL: the server speaks first; every command is answered with one row changed. */
const mysql: Speak = (socket, _data, state) => {
  socket.write(numbered(state.step === 0 ? 2 : 1, OK));
  state.step = 1;
};
const MYSQL_GREETING = numbered(
  0,
  Buffer.concat([
    Buffer.from([10]),
    Buffer.from('8.0.0\0'),
    Buffer.from([1, 0, 0, 0]),
    Buffer.from('abcdefgh\0'),
    Buffer.from([0xff, 0xf7, 33, 2, 0, 0x08, 0, 21]),
    Buffer.alloc(10),
    Buffer.from('ijklmnopqrst\0'),
    Buffer.from('mysql_native_password\0'),
  ]),
);

/** `{ ok: 1, ismaster: true, … }` as BSON, written out: the probe needs no other document. */
function helloDocument(): Buffer {
  const int = (name: string, value: number) => {
    const field = Buffer.alloc(1 + name.length + 1 + 4);
    field[0] = 0x10;
    field.write(`${name}\0`, 1);
    field.writeInt32LE(value, name.length + 2);
    return field;
  };
  const yes = (name: string) => Buffer.concat([Buffer.from([8]), Buffer.from(`${name}\0`), Buffer.from([1])]);
  const one = Buffer.alloc(8);
  one.writeDoubleLE(1);
  const fields = Buffer.concat([
    yes('helloOk'),
    yes('ismaster'),
    yes('isWritablePrimary'),
    int('maxWireVersion', 21),
    int('minWireVersion', 0),
    int('maxBsonObjectSize', 16_777_216),
    int('maxMessageSizeBytes', 48_000_000),
    int('maxWriteBatchSize', 100_000),
    Buffer.concat([Buffer.from([1]), Buffer.from('ok\0'), one]),
    Buffer.from([0]),
  ]);
  const size = Buffer.alloc(4);
  size.writeInt32LE(fields.length + 4);
  return Buffer.concat([size, fields]);
}

const mongodb: Speak = (socket, data) => {
  for (let at = 0; at + 16 <= data.length; at += Math.max(16, data.readInt32LE(at))) {
    const request = data.readInt32LE(at + 4);
    const isOld = data.readInt32LE(at + 12) === 2004;
    const body = isOld
      ? Buffer.concat([Buffer.alloc(16), helloDocument()])
      : Buffer.concat([Buffer.alloc(5), helloDocument()]);
    if (isOld) body.writeInt32LE(1, 16);
    const head = Buffer.alloc(16);
    head.writeInt32LE(16 + body.length + (isOld ? 4 : 0), 0);
    head.writeInt32LE(1, 4);
    head.writeInt32LE(request, 8);
    head.writeInt32LE(isOld ? 1 : 2013, 12);
    // OP_REPLY: flags, cursor (8), starting from, number returned; OP_MSG: flags and one section.
    const reply = isOld
      ? Buffer.concat([Buffer.alloc(16), Buffer.from([1, 0, 0, 0]), helloDocument()])
      : body;
    socket.write(Buffer.concat([head, reply]));
  }
};

const SPEAKERS: Record<string, { speak: Speak; greeting?: Buffer }> = {
  'node:net': { speak: (socket) => socket.write('pong\n') },
  pg: { speak: postgres },
  mysql2: { speak: mysql, greeting: MYSQL_GREETING },
  ioredis: { speak: redis },
  redis: { speak: redis },
  mongodb: { speak: mongodb },
};

export const CLIENTS = Object.keys(SPEAKERS);

/** Starts the server a client of this name is to talk to, on a free port of 127.0.0.1. */
export function startPeer(kind: string): Promise<Peer> {
  const { speak, greeting } = SPEAKERS[kind] ?? { speak: () => {} };
  const server: Server = createServer((socket) => {
    const state = { step: 0 };
    socket.on('error', () => {});
    if (greeting) socket.write(greeting);
    socket.on('data', (data) => speak(socket, data, state));
  });
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      done({ port, close: () => server.close() });
    });
  });
}
