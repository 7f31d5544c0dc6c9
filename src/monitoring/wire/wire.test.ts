import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UnreadMessage } from '../signal.ts';
import { type OtlpPath, readOtlp } from './otlp.ts';
import { readEnvelope, readStored } from './sentry.ts';
import { readPacket } from './statsd.ts';

const sent = JSON.parse(
  readFileSync(new URL('../__fixtures__/otlp.json', import.meta.url), 'utf8'),
) as Record<OtlpPath, { protobuf: string; json: unknown }>;
const lines = (...all: unknown[]): Buffer =>
  Buffer.from(all.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n'));

describe('OTLP, as exporters send it', () => {
  const read = (path: OtlpPath) => [
    readOtlp(path, Buffer.from(sent[path].protobuf, 'base64'), false),
    readOtlp(path, Buffer.from(JSON.stringify(sent[path].json)), true),
  ];

  it('has spans with their parents, and the exceptions on them', () => {
    for (const signals of read('traces')) {
      const [root, child, error] = signals;
      expect([root?.name, child?.name, error?.name]).toEqual(['GET /fail', 'load', 'TypeError']);
      expect(root?.span?.id).toMatch(/^[0-9a-f]{16}$/);
      expect([root?.span?.parent, child?.span?.parent]).toEqual([null, root?.span?.id]);
      expect(signals.map(({ kind }) => kind)).toEqual(['span', 'span', 'error']);
    }
  });

  it('has metrics and logs by name', () => {
    for (const signals of read('metrics'))
      expect(signals).toEqual(
        ['orders.read', 'load.ms'].map((name) => ({ via: 'otlp', kind: 'metric', name })),
      );
    for (const signals of read('logs'))
      expect(signals).toEqual([
        { via: 'otlp', kind: 'log', name: 'WARN of app' },
        { via: 'otlp', kind: 'error', name: 'RangeError' },
      ]);
  });

  it.each([
    ['cut off', Buffer.from(sent.traces.protobuf, 'base64').subarray(0, 100), false],
    ['of another kind', Buffer.from('\x07hello'), false],
    ['no JSON', Buffer.from('{'), true],
    ['no object', Buffer.from('[1]'), true],
    ['no list of objects', Buffer.from('{"resourceSpans":[3]}'), true],
  ])('is refused where it is %s', (_, body, isJson) => {
    expect(() => readOtlp('traces', body, isJson)).toThrow(UnreadMessage);
  });
});

describe('an envelope of Sentry', () => {
  it('has events, transactions and what SDKs send in lists; reports of the SDK about itself do not count', () => {
    const transaction = {
      transaction: 'GET /fail',
      contexts: { trace: { span_id: 'aa' } },
      spans: [{ span_id: 'bb', parent_span_id: 'aa', description: 'load', op: 'db' }],
    };
    const error = JSON.stringify({ exception: { values: [{ type: 'Error' }, { type: 'TypeError' }] } });
    const body = lines(
      ...[{ event_id: '1' }, { type: 'event', length: error.length }, error],
      ...[{ type: 'transaction' }, transaction, { type: 'client_report' }, {}],
      ...[{ type: 'span', item_count: 1 }, { items: [{ span_id: 'cc', name: 'later' }] }],
      ...[{ type: 'log' }, { items: [{ level: 'info', body: 'x' }] }, { type: 'session' }, { sid: '1' }],
      ...[{ type: 'trace_metric' }, { items: [{ name: 'n', type: 'counter', value: 2 }] }],
    );
    expect(readEnvelope(body).map(({ kind, name, count, span }) => [kind, name, count ?? span])).toEqual([
      ['error', 'TypeError', undefined],
      ['span', 'GET /fail', { id: 'aa', parent: null }],
      ['span', 'load', { id: 'bb', parent: 'aa' }],
      ['span', 'later', { id: 'cc', parent: null }],
      ['log', 'info', undefined],
      ['session', 'session', undefined],
      ['counter', 'n', 2],
    ]);
    expect(readStored(lines({ message: 'late' }))).toEqual([{ via: 'sentry', kind: 'error', name: 'late' }]);
  });

  it.each([
    ['no JSON', lines('hello')],
    ['cut off', lines({}, { type: 'event', length: 500 }, {})],
    ['without a type', lines({}, {}, {})],
    ['a transaction without a trace', lines({}, { type: 'transaction' }, { transaction: 'x' })],
  ])('is refused where it is %s', (_, body) => {
    expect(() => readEnvelope(body)).toThrow(UnreadMessage);
  });
});

describe('a packet of StatsD', () => {
  it('has counters by their sum, with sampling, and other metrics by name', () => {
    expect(
      readPacket(Buffer.from('a.b:2|c|@0.5|#tag:x\nt:3:4|ms\n_e{1,1}:a|b\n_sc|db|0\np:1:2|c\n')),
    ).toEqual([
      { via: 'statsd', kind: 'counter', name: 'a.b', count: 4 },
      { via: 'statsd', kind: 'metric', name: 't' },
      { via: 'statsd', kind: 'log', name: 'event' },
      { via: 'statsd', kind: 'metric', name: 'check db' },
      { via: 'statsd', kind: 'counter', name: 'p', count: 3 },
    ]);
  });
  it.each(['hello', 'a:1|x', 'a:one|c'])('is refused where a line is %s', (line) => {
    expect(() => readPacket(Buffer.from(line))).toThrow(UnreadMessage);
  });
});
