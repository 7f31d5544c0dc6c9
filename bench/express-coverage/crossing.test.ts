import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { BRIDGED_PACKAGES } from '../../codemods/express-to-hono/bridge/bridged-packages.ts';
import { type Crossing, compareMembers } from './crossing.ts';
import { crossingSection, type DifferingRead, differingReads } from './crossing-page.ts';
import { readsOf } from './crossing-reads.ts';

let crossing: Crossing;
let reads: DifferingRead[];

beforeAll(async () => {
  crossing = await compareMembers(['here']);
  reads = differingReads(crossing);
});

describe('what a bridged package is given', () => {
  it('is what Express gives, member by member, but for a body that Hono has read and the prototype of parameters', () => {
    const other = crossing.differences.filter(({ lends }) => lends !== null);
    const seen = [...new Set(other.map(({ member, at }) => `${member} at ${at.split(/[/?]/)[1]}`))].sort();
    expect(seen).toEqual(['req.closed at parsed', 'req.destroyed at parsed', 'req.params at below']);
    expect(crossing.compared).toBeGreaterThan(2_000);
    for (const member of [
      'req.ip',
      'req.protocol',
      'req.query',
      'req.signedCookies',
      'req.secret',
      'req.user',
    ])
      expect([crossing.same[4], crossing.same[5]]).toEqual([
        expect.arrayContaining([member]),
        expect.arrayContaining([member]),
      ]);
  });

  it('is read by no bridged package where it differs, unless somebody looked why nothing follows', () => {
    expect(reads.filter(({ why }) => why === null)).toEqual([]);
    expect(reads.map(({ name, member }) => `${name} ${member}`)).toContain('cookie-session res.set');
  });

  it('is listed, with every package that reads what differs', () => {
    const text = crossingSection(crossing, reads);
    expect(text).toMatch(/^\*\*The same\*\* \(\d+\): .*`req\.ip`/m);
    expect(text).toMatch(/^\*\*Not there\*\* \(\d+\).*`res\.redirect`/m);
    expect(text).toMatch(/^\| `req\.params` \| GET \/below \| null \{\} \| Object \{\} \|/m);
    expect(text).not.toContain('not looked at');
  });
});

describe('what a package reads', () => {
  it('is found in its own code and in what it stands on, through `this`, patterns and casts, not where it is written', async () => {
    const scratch = await mkdtemp(join(tmpdir(), 'crossing-reads-'));
    const folder = join(scratch, 'node_modules');
    const put = async (name: string, text: string, dependencies = {}) => {
      await mkdir(join(folder, name), { recursive: true });
      await writeFile(join(folder, name, 'package.json'), JSON.stringify({ name, dependencies }));
      await writeFile(join(folder, name, 'index.js'), text);
    };
    try {
      await put(
        'a',
        'module.exports = (req, res) => { req.user = res.locals; const { ip } = req; this.req.app; };',
        { b: '*' },
      );
      await put('b', 'exports.f = (request) => request.secret || request["fresh"];');
      expect(Object.fromEntries(readsOf(folder, 'a'))).toEqual({
        'res.locals': 'a/index.js:1',
        'req.ip': 'a/index.js:1',
        'req.app': 'a/index.js:1',
        'req.secret': 'b/index.js:1',
        'req.fresh': 'b/index.js:1',
      });
      expect(BRIDGED_PACKAGES.length).toBeGreaterThan(10);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  });
});
