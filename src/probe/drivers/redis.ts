import type { Around } from '../contract.ts';
import { driver } from '../driver.ts';
import { eventually, same, thrown } from '../inside/seen.ts';

interface Client {
  connect(): Promise<unknown>;
  ping(): Promise<string>;
  set(key: string, value: string, options?: object): Promise<unknown>;
  get(key: string): Promise<string | null>;
  incr(key: string): Promise<number>;
  del(keys: string[]): Promise<number>;
  multi(): { set(key: string, value: string): { get(key: string): { exec(): Promise<unknown> } } };
  sendCommand(args: string[]): Promise<unknown>;
  subscribe(channel: string, listener: (text: string) => void): Promise<unknown>;
  publish(channel: string, text: string): Promise<number>;
  on(name: string, listener: () => void): void;
  destroy?(): void;
  disconnect(): Promise<void>;
}
type Redis = { createClient(options: object): Client };

async function withClient<T>(
  { createClient }: Redis,
  { service }: Around,
  use: (own: Client) => Promise<T>,
): Promise<T> {
  const own = createClient({ url: service });
  own.on('error', () => {});
  await own.connect();
  try {
    return await use(own);
  } finally {
    // Release 4 has no destroy().
    if (own.destroy) own.destroy();
    else void own.disconnect().catch(() => {});
  }
}

export default driver<Redis>('redis', ['redis'], {
  connect: (module, around) => withClient(module, around, async (own) => same(await own.ping(), 'PONG')),
  query: (module, around) =>
    withClient(module, around, async (own) => {
      const key = `${around.own}:redis`;
      await own.set(key, 'ü', { EX: 60 });
      const seen = await own.get(key);
      await own.del([key]);
      return same([seen, await own.get(key)], ['ü', null]);
    }),
  error: (module, around) =>
    withClient(module, around, async (own) => {
      const key = `${around.own}:redis-text`;
      await own.set(key, 'x', { EX: 60 });
      const error = await thrown(() => own.incr(key));
      await own.del([key]);
      return same(error?.message, 'ERR value is not an integer or out of range');
    }),
  transaction: (module, around) =>
    withClient(module, around, async (own) => {
      const key = `${around.own}:redis-multi`;
      const found = await own.multi().set(key, '1').get(key).exec();
      await own.del([key]);
      return same(found, ['OK', '1']);
    }),
  subscribe: (module, around) =>
    withClient(module, around, (own) =>
      withClient(module, around, async (other) => {
        let tell: (text: string) => void = () => {};
        const got = new Promise<string>((done) => {
          tell = done;
        });
        await own.subscribe(`${around.own}:redis-channel`, (text) => tell(text));
        await other.publish(`${around.own}:redis-channel`, 'told');
        return same(await got, 'told');
      }),
    ),
  'load of 1,000 at once': (module, around) =>
    withClient(module, around, async (own) => {
      const key = `${around.own}:redis-count`;
      const all = await Promise.all(Array.from({ length: 1_000 }, () => own.incr(key)));
      await own.del([key]);
      return same([Math.min(...all), Math.max(...all)], [1, 1_000]);
    }),
  'reconnect after CLIENT KILL': (module, around) =>
    withClient(module, around, (own) =>
      withClient(module, around, async (other) => {
        const id = await own.sendCommand(['CLIENT', 'ID']);
        await other.sendCommand(['CLIENT', 'KILL', 'ID', String(id)]);
        await eventually(() => own.ping());
        return undefined;
      }),
    ),
  'reconnect after a cut': (module, around) =>
    withClient(module, around, async (own) => {
      await around.cut();
      await eventually(() => own.ping());
      return undefined;
    }),
  remove: (module, around) =>
    withClient(module, around, async (own) => {
      await own.del(['', '-text', '-multi', '-count'].map((end) => `${around.own}:redis${end}`));
      return undefined;
    }),
});
