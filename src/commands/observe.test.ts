import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Monitoring } from '../model/monitoring.ts';
import { recordingIo } from '../testing/io.ts';
import { project } from '../testing/project.ts';
import { main } from './main.ts';

/** Sends what SDKs send, with a hand; on Bun without the inner span, as where a hook does not fire. */
const SERVER = `
const { createSocket } = require('node:dgram');
const { SENTRY_DSN, OTEL_EXPORTER_OTLP_ENDPOINT, STATSD_PORT } = process.env;
const udp = createSocket('udp4');
const id = () => Math.random().toString(16).slice(2, 10);
require('node:http').createServer(async (request, response) => {
  const [outer, inner] = [id(), id()];
  const spans = [{ spanId: outer, name: 'GET ' + request.url }];
  if (!process.versions.bun) spans.push({ spanId: inner, parentSpanId: outer, name: 'load token=tok_hunter2hunter2hunter2' });
  const post = (url, body) => fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  await post(OTEL_EXPORTER_OTLP_ENDPOINT + '/v1/traces', JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }));
  const dsn = new URL(SENTRY_DSN);
  const event = { exception: { values: [{ type: 'TypeError' }] } };
  await post(dsn.origin + '/api' + dsn.pathname + '/envelope/', ['{}', '{"type":"event"}', JSON.stringify(event)].join('\\n'));
  udp.send('orders.read:1|c', Number(STATSD_PORT), '127.0.0.1', () => response.end('ok'));
}).listen(process.env.PORT, '127.0.0.1');
`;
const SILENT =
  "require('node:http').createServer((q, s) => s.end('ok')).listen(process.env.PORT, '127.0.0.1');\n";
const entry = (path: string) => ({
  request: { method: 'GET', url: `http://localhost:3000${path}`, headers: [] },
  response: { status: 200, statusText: 'OK', headers: [], content: {} },
});
const HAR = JSON.stringify({ log: { version: '1.2', entries: ['/a', '/a', '/b'].map(entry) } });

function app(server: string): string {
  const root = project({
    ...{ 'package.json': '{"name":"tiny","main":"server.js"}', 'server.js': server, 't.har': HAR },
    ...{ '.gitignore': '.migrate\n', '.env': 'SENTRY_DSN=https://real@example.com/7\n' },
  });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], { cwd: root });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'x');
  return root;
}

async function observe(root: string, args: string[]) {
  const { io, printed } = recordingIo(root);
  const asked = ['observe', '--old', 'node@22', '--traffic', 't.har', '--wait', '300', ...args];
  const code = await main(asked, io);
  return { code, text: printed.said.join('\n'), documents: printed.documents };
}

it('finds what does not arrive from the new side, and keeps it as evidence without secrets', async () => {
  const root = app(SERVER);
  const { code, documents } = await observe(root, ['--new', 'bun', '--json']);
  const found = Monitoring.parse(documents[0]);
  expect(code).toBe(1);
  // One request more than was asked: the one that tells that a side is there.
  expect(found.rows.map(({ kind, name, under, verdict, old }) => [kind, name, under, verdict, old])).toEqual([
    ...['/', '/a', '/b'].map((path, i) => ['span', `GET ${path}`, null, 'same', [1, 2, 1][i]]),
    ...['/', '/a', '/b'].map((path, i) => {
      return ['span', expect.stringMatching(/^load token=/), `GET ${path}`, 'missing', [1, 2, 1][i]];
    }),
    ['error', 'TypeError', null, 'same', 4],
    ['counter', 'orders.read', null, 'same', 4],
  ]);
  expect(found.reasons[0]).toMatch(
    /^No span load .* under GET \/ arrives from the new side: 1 from today's\.$/,
  );
  expect(found.told).toContain('SENTRY_DSN');
  expect(found.sides.new.tree).toMatch(/^[0-9a-f]{64}$/);
  const folder = join(root, '.migrate', 'evidence', 'monitoring');
  const [file = ''] = readdirSync(folder);
  const kept = readFileSync(join(folder, file), 'utf8');
  expect(Monitoring.parse(JSON.parse(kept))).toEqual(found);
  expect(kept).not.toMatch(/hunter2|real@example/);
});

it('says that nothing was sent, which is no PASS, and what a flag must be', async () => {
  const root = app(SILENT);
  const { code, text } = await observe(root, ['--new', 'node@22']);
  expect(code).toBe(6);
  expect(text).toContain('Nothing arrived from either side');
  expect((await observe(root, [])).code).toBe(2);
  expect((await observe(root, ['--new', 'bun', '--writes', 'all'])).code).toBe(2);
  expect((await observe(root, ['--new', 'bun', '--traffic', 'none.har'])).code).toBe(3);
  expect(existsSync(join(root, '.migrate', 'runs'))).toBe(false);
});
