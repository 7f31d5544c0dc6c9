import type { Around } from '../contract.ts';
import { driver } from '../driver.ts';
import { event, same } from '../inside/seen.ts';

interface Channel {
  assertQueue(name: string, options: object): Promise<unknown>;
  sendToQueue(name: string, body: Uint8Array, options?: object): boolean;
  get(
    name: string,
    options: object,
  ): Promise<false | { content: Uint8Array; properties: { headers?: object } }>;
  consume(
    name: string,
    take: (message: { content: Uint8Array } | null) => void,
    options?: object,
  ): Promise<unknown>;
  ack(message: unknown): void;
  prefetch(count: number): Promise<unknown>;
  deleteQueue(name: string): Promise<unknown>;
  waitForConfirms(): Promise<void>;
  on(name: string, listener: () => void): void;
}
interface Connection {
  createChannel(): Promise<Channel>;
  createConfirmChannel(): Promise<Channel>;
  close(): Promise<void>;
  on(name: string, listener: () => void): void;
  once(name: string, listener: (...args: unknown[]) => void): void;
}
type Amqplib = { default: { connect(url: string): Promise<Connection> } };

async function withConnection<T>(
  { default: amqp }: Amqplib,
  { service }: Around,
  use: (own: Connection) => Promise<T>,
): Promise<T> {
  const own = await amqp.connect(service);
  own.on('error', () => {});
  try {
    return await use(own);
  } finally {
    await own.close().catch(() => {});
  }
}

const bytes = (text: string) => globalThis.Buffer.from(text);

export default driver<Amqplib>('amqplib', ['amqp'], {
  connect: (module, around) => withConnection(module, around, async () => undefined),
  query: (module, around) =>
    withConnection(module, around, async (own) => {
      const channel = await own.createChannel();
      const queue = `${around.own}.query`;
      await channel.assertQueue(queue, { durable: false });
      channel.sendToQueue(queue, bytes('ü'), { headers: { a: 1 } });
      let found: Awaited<ReturnType<Channel['get']>> = false;
      for (let turn = 0; turn < 50 && found === false; turn++)
        found = await channel.get(queue, { noAck: true });
      await channel.deleteQueue(queue);
      return same(found && [new TextDecoder().decode(found.content), found.properties.headers], [
        'ü',
        { a: 1 },
      ]);
    }),
  'transaction by confirms': (module, around) =>
    withConnection(module, around, async (own) => {
      const channel = await own.createConfirmChannel();
      const queue = `${around.own}.confirm`;
      await channel.assertQueue(queue, { durable: false });
      channel.sendToQueue(queue, bytes('a'));
      await channel.waitForConfirms();
      await channel.deleteQueue(queue);
      return undefined;
    }),
  'load of 500 messages': (module, around) =>
    withConnection(module, around, async (own) => {
      const channel = await own.createChannel();
      const queue = `${around.own}.load`;
      await channel.assertQueue(queue, { durable: false });
      await channel.prefetch(20);
      const all = new Promise<number>((done) => {
        let count = 0;
        void channel.consume(queue, (message) => {
          if (message) channel.ack(message);
          if (++count === 500) done(count);
        });
      });
      for (let index = 0; index < 500; index++) channel.sendToQueue(queue, bytes(String(index)));
      const count = await all;
      await channel.deleteQueue(queue);
      return same(count, 500);
    }),
  'connect again after a cut': async (module, around) => {
    const own = await module.default.connect(around.service);
    own.on('error', () => {});
    // It does not connect again by itself; that it tells is what applications go by.
    const closed = event(
      { once: (name, listener) => name === 'close' && own.once('close', listener) },
      'close',
      8_000,
    );
    await around.cut();
    await closed;
    return withConnection(module, around, async () => undefined);
  },
  remove: (module, around) =>
    withConnection(module, around, async (own) => {
      const channel = await own.createChannel();
      for (const end of ['query', 'confirm', 'load']) await channel.deleteQueue(`${around.own}.${end}`);
      return undefined;
    }),
});
