import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '../model/verdict.ts';
import { withoutVolatile } from '../shadow/aggregate/volatile.ts';
import { recordingIo } from '../testing/io.ts';
import { main } from './main.ts';

const APP = `
const http = require('node:http');
http.createServer((req, res) => {
  const body = JSON.stringify({ greeting: 'hello', path: req.url });
  res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), 'X-By': EXTRA });
  res.end(body);
}).listen(process.env.PORT, '127.0.0.1');
`;

let root: string;

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'shadow-gate-')));
  // What only another runtime shows, only the new code shows, and only both together.
  const apps = {
    before: "process.versions.bun ? 'runtime' : 'same'",
    same: "'same'",
    after: "'code'",
    both: "process.versions.bun ? 'both' : 'same'",
  };
  for (const [name, extra] of Object.entries(apps)) {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'package.json'), '{"name":"a","type":"commonjs","main":"server.js"}');
    writeFileSync(join(root, name, 'server.js'), `const EXTRA = ${extra};${APP}`);
  }
  const entry = (i: number) => ({
    _session: `s${i % 5}`,
    request: { method: 'GET', url: `http://localhost:3000/${i % 3}?n=${i}`, headers: [] },
    response: { status: 200, statusText: 'OK', headers: [], content: {} },
  });
  const entries = Array.from({ length: 24 }, (_, i) => entry(i));
  writeFileSync(join(root, 'traffic.har'), JSON.stringify({ log: { version: '1.2', entries } }));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function migrate(...args: string[]) {
  const { io, printed } = recordingIo(root);
  const code = await main(args, io);
  return { code, text: printed.said.join('\n'), documents: printed.documents };
}

const shadowRun = (old: string, next: string, ...more: string[]) =>
  migrate('shadow', 'run', '--old', old, '--new', next, '--traffic', 'traffic.har', ...more);
const reportIn = (folder: string): RunReport =>
  JSON.parse(readFileSync(join(root, folder, 'report.json'), 'utf8'));

describe('migrate shadow', () => {
  it('asks old code on the new runtime and new code on the old one, and names the owner', async () => {
    const { code, text } = await shadowRun('node:same', 'bun:after', '--out', 'out/code');
    expect(code).toBe(1);
    expect(text).toMatch(/header x-by: value[\s\S]*owner the changed code/);
    expect(reportIn('out/code').cells[0]?.owner?.why).toMatch(
      /^The new code shows it on node .* too, the old code on bun .* does not\.$/,
    );
    await shadowRun('node:before', 'bun:before', '--out', 'out/runtime');
    expect(reportIn('out/runtime').cells[0]?.owner?.kind).toBe('runtime');
    await shadowRun('node:same', 'bun:both', '--out', 'out/both');
    expect(reportIn('out/both').cells[0]?.owner?.kind).toBe('interaction');
    await shadowRun('node:same', 'bun:both', '--out', 'out/none', '--no-attribute');
    expect(reportIn('out/none').cells[0]?.owner).toBeUndefined();
  });

  it('splits a run into shards, and merges them to the report of the whole', async () => {
    const whole = await shadowRun('node:same', 'node:same', '--out', 'out/whole');
    expect(whole.text).toContain('24 exchanges would bound defects below 12% over all');
    const split = [];
    for (const index of [1, 2, 3])
      split.push(
        (await shadowRun('node:same', 'node:same', '--shard', `${index}/3`, '--out', `out/${index}`)).code,
      );
    // No share alone passes, and an empty one compared nothing.
    expect(split).not.toContain(0);
    const merged = await migrate('shadow', 'merge', 'out/1', 'out/2', 'out/3', '--out', 'out/merged');
    expect([merged.code, whole.code]).toEqual([0, 0]);
    expect(withoutVolatile(reportIn('out/merged'))).toEqual(withoutVolatile(reportIn('out/whole')));
    expect((await migrate('shadow', 'merge', 'out/1', 'out/3', '--out', 'out/part')).code).not.toBe(0);
    expect((await migrate('shadow', 'merge', 'out/1', 'out/whole')).code).toBe(3);
  });

  it('applies gates to a run, with JUnit for CI', async () => {
    expect((await migrate('shadow', 'gate', 'out/whole')).code).toBe(0);
    writeFileSync(join(root, 'gates.yaml'), 'routeDefectBound: 0.1\nlatency: {quantile: p50, ratio: 1.5}\n');
    const { code, text, documents } = await migrate(
      ...['shadow', 'gate', 'out/whole', '--gates', 'gates.yaml', '--junit', 'shadow.xml', '--json'],
    );
    expect(code).toBe(6);
    expect(text).toContain(
      '0 of 24 differ, which bounds defects below 12%: 29 exchanges would bound them below 10%.',
    );
    expect(documents[0]).toMatchObject({ schema: 'migrate/shadow-gate', outcome: 'INCONCLUSIVE' });
    expect(readFileSync(join(root, 'shadow.xml'), 'utf8')).toContain('<testcase classname="shadow.routes"');
    expect(existsSync(join(root, 'out/whole/aggregate.json'))).toBe(true);
  });

  it.each([
    [
      'a shard that is none',
      [
        'shadow',
        'run',
        '--old',
        'node:same',
        '--new',
        'node:same',
        '--traffic',
        'traffic.har',
        '--shard',
        '3/2',
      ],
      2,
      /--shard is a share such as 1\/4, not "3\/2"/,
    ],
    ['a run that is not there', ['shadow', 'gate', 'nowhere'], 3, /nowhere is neither a run/],
    ['no run at all', ['shadow', 'gate'], 3, /There is no run under \.migrate\/runs/],
    [
      'gates that are not there',
      ['shadow', 'gate', 'out/whole', '--gates', 'none.yaml'],
      3,
      /none\.yaml does not exist/,
    ],
    ['an unknown document', ['shadow', 'schema', 'soup'], 2, /There is no document "soup"/],
  ])('says in one sentence what is wrong: %s', async (_, args, exitCode, message) => {
    const { code, text } = await migrate(...args);
    expect(text).toMatch(message);
    expect(code).toBe(exitCode);
  });

  it('prints the JSON schema of the report', async () => {
    const { documents } = await migrate('shadow', 'schema');
    expect(documents[0]).toMatchObject({ $schema: expect.stringContaining('2020-12'), type: 'object' });
  });
});
