import type { Around } from '../contract.ts';
import { driver } from '../driver.ts';
import { eventually, same, thrown } from '../inside/seen.ts';

interface Redis {
  ping(): Promise<string>;
  set(...args: unknown[]): Promise<unknown>;
  get(key: string): Promise<string | null>;
  getBuffer(key: string): Promise<Uint8Array>;
  incr(key: string): Promise<number>;
  del(...keys: string[]): Promise<number>;
  multi(): { set(key: string, value: string): { get(key: string): { exec(): Promise<unknown> } } };
  call(...args: unknown[]): Promise<unknown>;
  duplicate(): Redis;
  subscribe(channel: string): Promise<unknown>;
  publish(channel: string, text: string): Promise<number>;
  on(name: string, listener: (...args: unknown[]) => void): void;
  disconnect(): void;
}
type Ioredis = { default: new (url: string, options?: object) => Redis };

async function withRedis<T>(
  { default: Redis }: Ioredis,
  { service }: Around,
  use: (own: Redis) => Promise<T>,
): Promise<T> {
  const own = new Redis(service, { connectTimeout: 5_000 });
  own.on('error', () => {});
  try {
    return await use(own);
  } finally {
    own.disconnect();
  }
}

export default driver<Ioredis>('ioredis', ['redis'], {
  connect: (module, around) => withRedis(module, around, async (own) => same(await own.ping(), 'PONG')),
  query: (module, around) =>
    withRedis(module, around, async (own) => {
      const key = `${around.own}:ioredis`;
      await own.set(key, 'ü', 'EX', 60);
      const seen = [await own.get(key), [...(await own.getBuffer(key))]];
      await own.del(key);
      return same([...seen, await own.get(key)], ['ü', [195, 188], null]);
    }),
  error: (module, around) =>
    withRedis(module, around, async (own) => {
      const key = `${around.own}:ioredis-text`;
      await own.set(key, 'x', 'EX', 60);
      const error = await thrown(() => own.incr(key));
      await own.del(key);
      return same(error?.message, 'ERR value is not an integer or out of range');
    }),
  transaction: (module, around) =>
    withRedis(module, around, async (own) => {
      const key = `${around.own}:ioredis-multi`;
      const found = await own.multi().set(key, '1').get(key).exec();
      await own.del(key);
      return same(found, [
        [null, 'OK'],
        [null, '1'],
      ]);
    }),
  subscribe: (module, around) =>
    withRedis(module, around, (own) =>
      withRedis(module, around, async (other) => {
        const got = new Promise((done) => own.on('message', (_, text) => done(text)));
        await own.subscribe(`${around.own}:ioredis-channel`);
        await other.publish(`${around.own}:ioredis-channel`, 'told');
        return same(await got, 'told');
      }),
    ),
  'load of 1,000 at once': (module, around) =>
    withRedis(module, around, async (own) => {
      const key = `${around.own}:ioredis-count`;
      const all = await Promise.all(Array.from({ length: 1_000 }, () => own.incr(key)));
      await own.del(key);
      return same([Math.min(...all), Math.max(...all)], [1, 1_000]);
    }),
  'reconnect after CLIENT KILL': (module, around) =>
    withRedis(module, around, (own) =>
      withRedis(module, around, async (other) => {
        const id = await own.call('CLIENT', 'ID');
        await other.call('CLIENT', 'KILL', 'ID', String(id));
        await eventually(() => own.ping());
        return undefined;
      }),
    ),
  'reconnect after a cut': (module, around) =>
    withRedis(module, around, async (own) => {
      await own.ping();
      await around.cut();
      await eventually(() => own.ping());
      return undefined;
    }),
  remove: (module, around) =>
    withRedis(module, around, async (own) => {
      await own.del(...['', '-text', '-multi', '-count'].map((end) => `${around.own}:ioredis${end}`));
      return undefined;
    }),
});
