import { z } from 'zod';
import { type Signal, UnreadMessage } from '../signal.ts';

const Header = z.looseObject({ type: z.string(), length: z.int().min(0).optional() });
const Event = z.looseObject({
  exception: z.looseObject({ values: z.array(z.looseObject({ type: z.string().nullish() })) }).nullish(),
  message: z.string().nullish(),
  logentry: z.looseObject({ message: z.string().nullish() }).nullish(),
});
const Span = z.looseObject({
  span_id: z.string(),
  parent_span_id: z.string().nullish(),
  description: z.string().nullish(),
  name: z.string().nullish(),
  op: z.string().nullish(),
});
const Transaction = z.looseObject({
  transaction: z.string().nullish(),
  contexts: z.looseObject({
    trace: z.looseObject({ span_id: z.string(), parent_span_id: z.string().nullish() }),
  }),
  spans: z.array(Span).default([]),
});
const Items = z.looseObject({ items: z.array(z.looseObject({})) });
const Log = z.looseObject({ level: z.string().nullish() });
const Metric = z.looseObject({ name: z.string(), type: z.string().nullish(), value: z.number().nullish() });

/** What says nothing of the application: reports of the SDK about itself, and what belongs to another item. */
const ASIDE = new Set(['client_report', 'attachment', 'profile', 'profile_chunk', 'user_report', 'feedback']);

/**
 * Reads an envelope: a header, then items of a header and a payload, each on a line or as long as its header says.
 * Source: develop.sentry.dev/sdk/data-model/envelopes, 2026-11.
 *
 * @throws UnreadMessage for a body that is none
 */
export function readEnvelope(body: Uint8Array): Signal[] {
  const bytes = Buffer.from(body);
  let at = 0;
  const line = (): Buffer => {
    const end = bytes.indexOf(10, at);
    const cut = bytes.subarray(at, end < 0 ? bytes.length : end);
    at += cut.length + 1;
    return cut;
  };
  json(line());
  const signals: Signal[] = [];
  while (at < bytes.length) {
    const text = line();
    if (text.length === 0) continue;
    const { type, length } = read(Header, json(text), 'an item');
    let payload: Buffer;
    if (length === undefined) payload = line();
    else {
      if (at + length > bytes.length) throw new UnreadMessage('an item of it is cut off');
      payload = bytes.subarray(at, at + length);
      at += length + 1;
    }
    if (!ASIDE.has(type)) signals.push(...signalsOf(type, payload));
  }
  return signals;
}

/** An event as older SDKs send it, without an envelope. */
export const readStored = (body: Uint8Array): Signal[] => signalsOf('event', Buffer.from(body));

function signalsOf(type: string, payload: Buffer): Signal[] {
  const via = 'sentry' as const;
  const document = json(payload);
  switch (type) {
    case 'event': {
      const { exception, message, logentry } = read(Event, document, 'an event');
      const last = exception?.values.at(-1);
      return [{ via, kind: 'error', name: last?.type ?? message ?? logentry?.message ?? 'event' }];
    }
    case 'transaction': {
      const { transaction, contexts, spans } = read(Transaction, document, 'a transaction');
      const { span_id: id, parent_span_id: parent } = contexts.trace;
      return [
        { via, kind: 'span', name: transaction ?? '', span: { id, parent: parent ?? null } },
        ...spans.map(spanOf),
      ];
    }
    case 'span':
      return itemsOf(document).map((item) => spanOf(read(Span, item, 'a span')));
    case 'log':
      return itemsOf(document).map((item) => ({
        ...{ via, kind: 'log', name: read(Log, item, 'a log').level ?? 'no level' },
      }));
    case 'trace_metric':
      return itemsOf(document).map((item): Signal => {
        const { name, type: kind, value } = read(Metric, item, 'a metric');
        return kind === 'counter'
          ? { via, kind: 'counter', name, count: value ?? 1 }
          : { via, kind: 'metric', name };
      });
    case 'session':
    case 'sessions':
      return [{ via, kind: 'session', name: 'session' }];
    default:
      return [{ via, kind: 'log', name: type }];
  }
}

const spanOf = ({
  span_id: id,
  parent_span_id: parent,
  description,
  name,
  op,
}: z.infer<typeof Span>): Signal => ({
  ...{ via: 'sentry', kind: 'span', name: description ?? name ?? op ?? '' },
  span: { id, parent: parent ?? null },
});

/** Newer SDKs send several of a kind in one item. */
const itemsOf = (document: unknown): unknown[] => Items.safeParse(document).data?.items ?? [document];

function json(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new UnreadMessage('a line of it is not valid JSON');
  }
}

function read<S extends z.ZodType>(schema: S, document: unknown, what: string): z.infer<S> {
  const parsed = schema.safeParse(document);
  if (parsed.success) return parsed.data;
  throw new UnreadMessage(`${what} of it has not the fields of one`);
}
