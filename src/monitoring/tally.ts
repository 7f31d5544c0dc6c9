import type { MonitoredSide, SignalKind, SignalVia } from '../model/monitoring.ts';
import type { Signal } from './signal.ts';

/** What one side told, added up. */
export interface Told {
  /** By {@link keyOf}. */
  counts: ReadonlyMap<string, Counted>;
  received: Record<SignalVia, number>;
  unread: MonitoredSide['unread'];
}

/** A name with how often it was told. */
export interface Counted {
  via: SignalVia;
  kind: SignalKind;
  name: string;
  under: string | null;
  count: number;
}

/** Names kept of a side: more is a mistake of the application (an id in a name), and is told as such. */
const MOST_NAMES = 2_000;
const MOST_SPANS = 50_000;
/** Longer names are cut; they are texts. */
const LONGEST_NAME = 200;

/** How often these are told depends on time. */
export const BY_TIME: ReadonlySet<SignalKind> = new Set(['metric', 'session']);

/**
 * Adds up signals as they come. Spans are kept until the end: what one is under may come after it.
 *
 * @param cleaned takes out of a name what it must not hold
 * @param heard called where something came that is not told by time
 */
export function tally(cleaned: (name: string) => string, heard: () => void = () => {}) {
  const counts = new Map<string, Counted>();
  const spans: (Signal & { span: NonNullable<Signal['span']> })[] = [];
  const received: Record<SignalVia, number> = { otlp: 0, sentry: 0, statsd: 0 };
  const unread = new Map<string, number>();
  const refuse = (reason: string) => void unread.set(reason, (unread.get(reason) ?? 0) + 1);
  const shown = (name: string) => cleaned(name).replace(/\s+/g, ' ').slice(0, LONGEST_NAME) || '(no name)';
  const add = ({ via, kind, name, count = 1 }: Signal, under: string | null) => {
    const row = { via, kind, name: shown(name), under: under === null ? null : shown(under) };
    const key = keyOf(row);
    const known = counts.get(key);
    if (known) known.count += count;
    else if (counts.size < MOST_NAMES) counts.set(key, { ...row, count });
    else refuse(`beyond the first ${MOST_NAMES} names`);
  };
  return {
    took(via: SignalVia) {
      received[via]++;
    },
    refuse,
    take(signals: readonly Signal[]) {
      if (signals.some(({ kind }) => !BY_TIME.has(kind))) heard();
      for (const signal of signals) {
        const { span } = signal;
        if (!span) add(signal, null);
        else if (spans.length < MOST_SPANS) spans.push({ ...signal, span });
        else refuse(`beyond the first ${MOST_SPANS} spans`);
      }
    },
    close(): Told {
      const names = new Map(spans.map(({ span, name }) => [span.id, name]));
      // A parent that was never told stands for the caller: its span is a root here.
      for (const one of spans) add(one, (one.span.parent && names.get(one.span.parent)) ?? null);
      return { counts, received, unread: [...unread].map(([reason, n]) => ({ reason, messages: n })) };
    },
  };
}
export type Tally = ReturnType<typeof tally>;

/** What makes two sides' rows the same one. */
export const keyOf = ({ via, kind, name, under }: Omit<Counted, 'count'>): string =>
  [via, kind, name, under ?? ''].join('\u0000');
