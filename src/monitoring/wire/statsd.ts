import type { Signal } from '../signal.ts';
import { UnreadMessage } from '../signal.ts';

/** `name:value|type|@rate|#tags`; DogStatsD also packs several values. */
const METRIC = /^([^:|]+):([^|]+)\|(c|g|ms|h|s|d)(?:\|@([\d.]+))?(?:\||$)/;

/**
 * Reads a packet of StatsD or DogStatsD: a metric a line, or an event or check of Datadog's.
 *
 * @throws UnreadMessage for a line that is none of these
 */
export function readPacket(packet: Uint8Array): Signal[] {
  const lines = Buffer.from(packet).toString('utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').map(signalOf);
}

function signalOf(line: string): Signal {
  const via = 'statsd' as const;
  if (line.startsWith('_e{')) return { via, kind: 'log', name: 'event' };
  if (line.startsWith('_sc|')) return { via, kind: 'metric', name: `check ${line.split('|')[1] ?? ''}` };
  const [, name, values = '', type, rate] = METRIC.exec(line) ?? [];
  if (name === undefined) throw new UnreadMessage('a line of it is no metric');
  if (type !== 'c') return { via, kind: 'metric', name };
  const sum = values.split(':').reduce((all, value) => all + Number(value), 0);
  if (!Number.isFinite(sum)) throw new UnreadMessage('a counter of it has no number');
  return { via, kind: 'counter', name, count: sum / Number(rate ?? 1) };
}
