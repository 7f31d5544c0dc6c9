import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Aggregate } from '../../model/aggregate.ts';
import { writeFolder } from '../../testing/runtime-apps.ts';
import { collectShadow, launchSides } from '../index.ts';
import { conclude } from './conclude.ts';
import { mergeAggregates } from './merge.ts';
import { withoutVolatile } from './volatile.ts';

/** Writes, deletes and calls while it starts, and one file for each request; slower than the clocks of old file systems. */
const app = (greeting: string) => `
const { createServer } = require('node:http');
const fs = require('node:fs');
fs.writeFileSync('started.txt', ${JSON.stringify(greeting)});
fs.writeFileSync('since.txt', new Date().toISOString());
fs.rmSync('stale.txt');
fs.mkdirSync('out');
fetch(process.env.HUB + '/hello').then((res) => res.text()).then(() =>
  createServer((req, res) => {
    if (req.method === 'POST') fs.writeFileSync('out' + req.url + '.txt', req.url);
    setTimeout(() => res.end('ok'), 10);
  }).listen(process.env.PORT, '127.0.0.1'));
`;

const cleanups: (() => unknown)[] = [];
let hub: string;
let specs: { old: { spec: string }; new: { spec: string } };
beforeAll(async () => {
  const server = createServer((_, res) => res.end('hub'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  hub = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  cleanups.push(() => server.close());
  const folder = async (greeting: string) => {
    const manifest = '{"type":"commonjs","main":"app.js"}';
    const files = { 'package.json': manifest, 'app.js': app(greeting), 'stale.txt': 'old' };
    const { dir, remove } = await writeFolder(files);
    cleanups.push(remove);
    return { spec: `node@22:${dir}` };
  };
  specs = { old: await folder('hello'), new: await folder('hullo') };
});
afterAll(async () => {
  for (const cleanup of cleanups) await cleanup();
});

const exchanges = Array.from({ length: 9 }, (_, i) => ({
  ...{ schema: 'migrate/exchange' as const, version: 1 as const, index: i + 1, source: 'test' },
  ...{ session: `s${i}`, response: null },
  request: { method: 'POST', origin: 'http://x', path: `/n${i}`, headers: [], body: null },
}));

async function counted(shard?: { index: number; of: number }): Promise<Aggregate> {
  const logs = mkdtempSync(join(tmpdir(), 'start-effects-'));
  cleanups.push(() => rmSync(logs, { recursive: true, force: true }));
  const launched = await launchSides(specs, { cwd: '/', logs, env: { HUB: hub } });
  try {
    const traffic = { source: 'test', file: 't', exchanges, skipped: new Map(), warnings: [] };
    const routes = [{ method: 'POST', path: '/:name' }];
    const options = { writes: 'isolated', routes, limits: [], waivers: [], allow: [] } as const;
    const aggregate = await collectShadow(launched.sides, traffic, { ...options, ...(shard && { shard }) });
    // Through the disk and back, as `migrate shadow merge` gets it.
    return Aggregate.parse(JSON.parse(JSON.stringify(aggregate)));
  } finally {
    await launched.close();
  }
}

it('what the sides do at their start counts once, and a run that was split is the unsplit one byte for byte', async () => {
  const whole = conclude(await counted());
  const parts = [await counted({ index: 2, of: 2 }), await counted({ index: 1, of: 2 })];
  const merged = conclude(mergeAggregates(parts));
  const text = (report: typeof whole) => JSON.stringify(withoutVolatile(report), null, 1);
  expect(whole.effects).toMatchObject({
    counts: [
      { what: 'files', old: 12, new: 12 },
      { what: 'objects', old: null },
      { what: 'outgoing calls', old: 1, new: 1 },
    ],
    // started.txt differs, since.txt has the date of its side.
    ...{ different: 1, explained: 1, same: 11 },
  });
  const places = parts.map(({ effects }) =>
    effects?.start?.rows.map(({ place }) => place.replace(hub, 'HUB')),
  );
  expect(places).toEqual(
    Array(2).fill(['file:started.txt', 'file:since.txt', 'file:stale.txt', 'outgoing:GET HUB/hello']),
  );
  expect(parts.map(({ effects }) => (effects?.same ?? 0) > 0)).toEqual([true, true]);
  expect(text(merged)).toBe(text(whole));

  // A start that was another one in one shard is said, and its difference not lost.
  const [odd, other] = parts;
  if (!odd?.effects?.start || !other) throw new Error('no start');
  const { start, ...effects } = odd.effects;
  const calm = {
    ...odd,
    effects: { ...effects, start: { ...start, rows: start.rows.slice(1), different: 0 } },
  };
  const mixed = conclude(mergeAggregates([calm, other]));
  expect(mixed.effects?.different).toBe(1);
  expect(mixed.warnings.join()).toMatch(/at their start in every shard: file:started\.txt \(different\)/);
}, 60_000);
