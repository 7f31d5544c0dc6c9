import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linkPackages } from '../../src/testing/packages.ts';
import {
  differences,
  type HarEntry,
  replay,
  type Side,
  startSide,
  stopSide,
} from '../express-to-hono/__fixtures__/replay.ts';
import { layer, startEdge, writeEdge } from './__fixtures__/edge.ts';
import type { EdgeTarget } from './folder.ts';

const targets: EdgeTarget[] =
  process.env.MIGRATE_EDGE === 'all' ? ['workers', 'node', 'bun', 'deno'] : ['workers'];
const fixture = fileURLToPath(new URL('../../fixtures/express-notes/', import.meta.url));

/** Characters that workerd answers with 400 before any Worker: the rule `workerd-address` of a shadow run. */
const NO_ADDRESS = /[<>"{}|\\^`]/;

let scratch: string;
let entries: HarEntry[];

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'extract-edge-traffic-'));
  entries = JSON.parse(await readFile(join(fixture, 'traffic.har'), 'utf8')).log.entries;
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

describe.each(targets)('recorded traffic through the layer on %s', (target) => {
  it('is answered as by the origin alone', async () => {
    const sides: Side[] = [];
    for (const name of ['alone', 'behind']) {
      const folder = join(scratch, `${target}-${name}`);
      await cp(fixture, folder, {
        recursive: true,
        filter: (path) => !/node_modules/.test(path.slice(fixture.length)),
        preserveTimestamps: true,
      });
      await linkPackages(folder);
      sides.push(await startSide(folder, 'src/server.js'));
    }
    const [alone, behind] = sides;
    if (alone === undefined || behind === undefined) throw new Error('a side did not start');
    const env = { ORIGIN_URL: `http://127.0.0.1:${behind.port}` };
    const edge = await startEdge(target, await writeEdge(layer(target, null)), env);
    try {
      const through: Side = { ...behind, port: edge.port };
      const found: string[] = [];
      const sent = entries.filter(({ request }) => target !== 'workers' || !NO_ADDRESS.test(request.url));
      for (const entry of sent)
        found.push(...differences(entry, await replay(alone, entry), await replay(through, entry)));
      expect(sent.length).toBeGreaterThan(130);
      expect(found).toEqual([]);
    } finally {
      await edge.remove();
      await Promise.all(sides.map(stopSide));
    }
  });
});
