import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { type Collector, startCollector } from './collector.ts';
import { compareTold, judgeTold } from './compare.ts';
import { leadingTo } from './environment.ts';
import type { Told } from './tally.ts';

const post = (collector: Collector, path: string, body: Uint8Array | string, headers = {}): Promise<number> =>
  fetch(collector.origin + path, {
    ...{ method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } },
  }).then(({ status }) => status);

const spans = (...all: [id: string, name: string, parent?: string][]): string =>
  JSON.stringify({
    resourceSpans: [
      {
        scopeSpans: [{ spans: all.map(([spanId, name, parentSpanId]) => ({ spanId, name, parentSpanId })) }],
      },
    ],
  });

/** What a collector is told by requests to it. */
async function told(send: (collector: Collector) => Promise<unknown>): Promise<Told> {
  const collector = await startCollector((name) => name.replaceAll('hunter2', '<secret>'));
  await send(collector);
  return collector.close();
}

it('counts what is sent, packed or not, and says what it cannot read', async () => {
  const found = await told(async (to) => {
    expect(await post(to, '/v1/traces', spans(['b', 'load', 'a']))).toBe(200);
    // The parent comes after the child, packed.
    const packed = gzipSync(spans(['a', 'GET /?token=hunter2'], ['c', 'root', 'elsewhere']));
    expect(await post(to, '/v1/traces', packed, { 'content-encoding': 'gzip' })).toBe(200);
    expect(await post(to, '/api/1/envelope/', '{}\n{"type":"event"}\n{"message":"late"}')).toBe(200);
    expect(await post(to, '/v1/traces', '{', {})).toBe(200);
    expect(await post(to, '/v1/traces', 'x', { 'content-encoding': 'gzip' })).toBe(400);
    expect(await post(to, '/v0.4/traces?key=hunter2', '')).toBe(404);
    await new Promise<void>((resolve) => {
      const socket = connect(to.httpPort, '127.0.0.1', () =>
        socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
      );
      socket.on('close', () => resolve()).on('error', () => {});
    });
    const socket = createSocket('udp4');
    await new Promise((resolve) => socket.send('n:2|c', to.statsdPort, '127.0.0.1', resolve));
    while (to.quietFor() === null) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.close();
  });
  expect([...found.counts.values()].map(({ via: _, ...row }) => row)).toEqual([
    { kind: 'error', name: 'late', under: null, count: 1 },
    { kind: 'counter', name: 'n', under: null, count: 2 },
    { kind: 'span', name: 'load', under: 'GET /?token=<secret>', count: 1 },
    { kind: 'span', name: 'GET /?token=<secret>', under: null, count: 1 },
    { kind: 'span', name: 'root', under: null, count: 1 },
  ]);
  expect(found.received).toEqual({ otlp: 3, sentry: 1, statsd: 1 });
  expect(found.unread.map(({ reason }) => reason)).toEqual([
    'OTLP traces: it is not valid JSON',
    'OTLP traces: it cannot be unpacked with gzip',
    'POST /v0.4… is no path of OTLP or Sentry',
    'it is not HTTP/1.1; gRPC is not read: send OTLP as http/protobuf',
  ]);
});

it('tells what is missing, fewer, more or elsewhere, and not what today’s side does not repeat', async () => {
  const today = spans(['a', 'GET'], ['b', 'load', 'a'], ['c', 'save', 'a'], ['d', 'tick'], ['e', 'tick']);
  const old = await told((to) => post(to, '/v1/traces', today));
  const again = await told((to) => post(to, '/v1/traces', today.replace('tick', 'tock')));
  const next = await told((to) =>
    post(to, '/v1/traces', spans(['a', 'GET'], ['A', 'GET'], ['b', 'load'], ['x', 'own'])),
  );
  const rows = compareTold(old, again, next);
  expect(Object.fromEntries(rows.map(({ name, verdict }) => [name, verdict]))).toEqual({
    ...{ GET: 'more', load: 'moved', save: 'missing', tick: 'missing', tock: 'unsteady', own: 'only-new' },
  });
  expect(judgeTold(rows)).toEqual({
    outcome: 'FAIL',
    reasons: [
      '2 of span GET (otlp) from the new side, 1 from today’s.'.replaceAll('’', "'"),
      "The span load (otlp) is a root on the new side, under GET on today's.",
      "No span save (otlp) under GET arrives from the new side: 1 from today's.",
      "No span tick (otlp) arrives from the new side: 2 from today's.",
    ],
  });
  expect(judgeTold(compareTold(old, old, old)).outcome).toBe('PASS');
  const nothing = await told(async () => {});
  expect(judgeTold(compareTold(nothing, nothing, next)).outcome).toBe('INCONCLUSIVE');
});

it('leads an application to itself; Sentry only one that has it', () => {
  const collector = { origin: 'http://127.0.0.1:4', httpPort: 4, statsdPort: 5 } as Collector;
  const none = { dependencies: [], env: [] };
  const plain = leadingTo(collector, { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, none);
  expect(plain).toMatchObject({
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    STATSD_PORT: '5',
  });
  expect(plain).not.toHaveProperty('SENTRY_DSN');
  expect(leadingTo(collector, { SENTRY_DSN: 'https://real' }, none).SENTRY_DSN).toBe(
    'http://observe@127.0.0.1:4/1',
  );
});
