import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '../model/verdict.ts';
import { migrate, root, shadowRun, sidesForAll } from './__fixtures__/shadow-sides.ts';

sidesForAll();

/** Hands every request on, but `/c`. */
const layer = (answer: string) => `
const http = require('node:http');
http.createServer((req, res) => {
  if (req.url === '/c') return ${answer};
  const asked = http.request(process.env.ORIGIN_URL + req.url, { method: req.method, headers: req.headers }, (answer) => {
    res.writeHead(answer.statusCode, answer.headers);
    answer.pipe(res);
  });
  req.pipe(asked);
}).listen(process.env.PORT, '127.0.0.1');
`;
const SAME =
  "fetch(process.env.ORIGIN_URL + '/any').then((a) => a.text()).then((text) => res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': text.length }).end(text))";

beforeAll(() => {
  const layers = { same: layer(SAME), other: layer("res.end('from the layer')"), silent: 'process.exit(4);' };
  for (const [name, source] of Object.entries(layers)) {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'package.json'), '{"name":"layer","type":"commonjs","main":"server.js"}');
    writeFileSync(join(root, name, 'server.js'), source);
  }
});

const run = (name: string, ...more: string[]) =>
  migrate(shadowRun('right', '--writes', 'isolated', '--layer', `node:${name}`, ...more));

describe('a layer in front of the new side', () => {
  it('is judged with it as one, and named in the report', async () => {
    const { code, documents } = await run('same', '--json');
    const [report] = documents as RunReport[];
    expect(code).toBe(0);
    expect(report).toMatchObject({ verdict: 'PASS', counts: { compared: 4, differing: 0 } });
    expect(report?.sides.new.layer).toMatchObject({ given: 'node:same', runtime: 'node' });
    expect(report?.sides.old.layer).toBeUndefined();
  });

  it('is found where it answers otherwise, and owns it', async () => {
    const { code, documents } = await run('other', '--json');
    const [report] = documents as RunReport[];
    expect(code).toBe(1);
    expect(report?.sides.new).toMatchObject({ runtime: 'node', layer: { given: 'node:other' } });
    const open = report?.cells.filter(({ explained }) => !explained) ?? [];
    expect(new Set(open.map(({ route, owner }) => `${route} ${owner?.kind}`))).toEqual(
      new Set(['GET /c codemod']),
    );
  });

  it('ends the run where it does not start, and where there is none', async () => {
    const silent = await run('silent');
    expect(silent.code).toBe(3);
    expect(silent.text).toMatch(/server\.js on Node\.js .* ended with exit code 4/);
    expect(silent.text).toContain('Owner: codemod.');
    const missing = await run('nowhere');
    expect(missing.code).toBe(3);
    expect(missing.text).toMatch(/nowhere/);
  });
});
