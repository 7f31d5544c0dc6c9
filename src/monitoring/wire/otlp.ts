import { type Signal, UnreadMessage } from '../signal.ts';
import { type Fields, fieldsOf, hex, messages, text } from './protobuf.ts';

export type OtlpPath = 'traces' | 'metrics' | 'logs';

/** A field of opentelemetry-proto 1.x: its number in protobuf, its name in JSON. */
type Field = readonly [number: number, name: string];

/** A message in either encoding. */
interface Part {
  many(field: Field): Part[];
  text(field: Field): string | null;
  /** An id, in hexadecimal digits. */
  id(field: Field): string | null;
}

const RESOURCES: Record<OtlpPath, Field> = {
  traces: [1, 'resourceSpans'],
  metrics: [1, 'resourceMetrics'],
  logs: [1, 'resourceLogs'],
};
const SCOPES: Record<OtlpPath, Field> = {
  traces: [2, 'scopeSpans'],
  metrics: [2, 'scopeMetrics'],
  logs: [2, 'scopeLogs'],
};
const TOLD: Record<OtlpPath, Field> = {
  traces: [2, 'spans'],
  metrics: [2, 'metrics'],
  logs: [2, 'logRecords'],
};

/**
 * Reads an export request of OTLP over HTTP.
 *
 * @throws UnreadMessage for a body that is none
 */
export function readOtlp(path: OtlpPath, body: Uint8Array, isJson: boolean): Signal[] {
  const request = isJson ? ofJson(parsed(body)) : ofProtobuf(fieldsOf(body));
  const scopes = request.many(RESOURCES[path]).flatMap((resource) => resource.many(SCOPES[path]));
  return scopes.flatMap((scoped) => {
    const scope = scoped.many([1, 'scope'])[0]?.text([1, 'name']) ?? 'no scope';
    return scoped.many(TOLD[path]).flatMap((one) => READ[path](one, scope));
  });
}

const READ: Record<OtlpPath, (one: Part, scope: string) => Signal[]> = {
  traces(span) {
    const exceptions = span.many([11, 'events']).filter((event) => event.text([2, 'name']) === 'exception');
    return [
      {
        ...{ via: 'otlp', kind: 'span', name: span.text([5, 'name']) ?? '' },
        span: { id: span.id([2, 'spanId']) ?? '', parent: span.id([4, 'parentSpanId']) },
      },
      ...exceptions.map((event) => errorOf(exceptionType(event.many([3, 'attributes'])))),
    ];
  },
  metrics: (metric) => [{ via: 'otlp', kind: 'metric', name: metric.text([1, 'name']) ?? '' }],
  logs(log, scope) {
    const exception = exceptionType(log.many([6, 'attributes']));
    const level = log.text([3, 'severityText']) ?? 'no level';
    const name = log.text([12, 'eventName']) ?? `${level} of ${scope}`;
    return [{ via: 'otlp', kind: 'log', name }, ...(exception === null ? [] : [errorOf(exception)])];
  },
};

const errorOf = (name: string | null): Signal => ({ via: 'otlp', kind: 'error', name: name ?? 'exception' });

function exceptionType(attributes: readonly Part[]): string | null {
  const pair = attributes.find((one) => one.text([1, 'key']) === 'exception.type');
  return pair?.many([2, 'value'])[0]?.text([1, 'stringValue']) ?? null;
}

const ofProtobuf = (fields: Fields): Part => ({
  many: ([number]) => messages(fields, number).map(ofProtobuf),
  text: ([number]) => text(fields, number),
  id: ([number]) => hex(fields, number),
});

function ofJson(value: Record<string, unknown>): Part {
  const words = ([, name]: Field) => {
    const found = value[name];
    return typeof found === 'string' && found !== '' ? found : null;
  };
  return {
    many([, name]) {
      const found = value[name];
      const all: unknown[] = Array.isArray(found) ? found : found === undefined ? [] : [found];
      return all.map((one) => ofJson(record(one)));
    },
    text: words,
    // JSON has ids as hexadecimal digits, unlike other bytes.
    id: (field) => words(field)?.toLowerCase() ?? null,
  };
}

function parsed(body: Uint8Array): Record<string, unknown> {
  try {
    return record(JSON.parse(Buffer.from(body).toString('utf8')));
  } catch (error) {
    throw error instanceof UnreadMessage ? error : new UnreadMessage('it is not valid JSON');
  }
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new UnreadMessage('it is no export request');
}
