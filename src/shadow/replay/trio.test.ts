import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import type { Exchange } from '../../model/exchange.ts';
import type { LiveSide } from '../sides/side.ts';
import { type Trio, trio } from './trio.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Three sides that answer only once `together` of them were asked; the order in which they were. */
async function sides(together: number): Promise<{ wire: Trio; order: string[] }> {
  const order: string[] = [];
  let waiting: (() => void)[] = [];
  const start = async (name: string): Promise<LiveSide> => {
    const server = createServer((_req, res) => {
      order.push(name);
      waiting.push(() => res.end('{}'));
      if (waiting.length < together) return;
      for (const answer of waiting) answer();
      waiting = [];
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => server.close());
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { origin, own: { address: origin, dirs: [] }, crashed: () => null } as unknown as LiveSide;
  };
  const [old, again, next] = [await start('old'), await start('again'), await start('new')];
  const wire = trio({ old, again, new: next }, { timeoutMs: 5_000, maxBody: 1_000 });
  closing.unshift(() => wire.close());
  return { wire, order };
}

const exchange = {
  ...{ index: 1, sentAt: 0, session: 's' },
  request: { method: 'GET', path: '/', origin: 'http://a.test', headers: [], body: null },
} as unknown as Exchange;

it('sides that are asked at once all work before one of them has answered', async () => {
  const { wire, order } = await sides(3);
  const { old, again, new: next } = await wire.replay(exchange, 'at-once');
  expect([old, again, next].map(({ answer }) => answer.ok)).toEqual([true, true, true]);
  expect(order.toSorted()).toEqual(['again', 'new', 'old']);
});

it('sides that are asked in turn never work at the same time, and each of them goes first once in three', async () => {
  const { wire, order } = await sides(1);
  for (let i = 0; i < 3; i++) await wire.replay(exchange, 'in-turn');
  expect(order).toEqual([...['old', 'again', 'new'], ...['again', 'new', 'old'], ...['new', 'old', 'again']]);
});
