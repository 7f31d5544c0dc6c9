import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Inventory } from '../model/inventory.ts';
import type { Collector } from './collector.ts';

/** Files of variables that an application is usually given. */
const ENV_FILES = ['.env', '.env.local', '.env.production', '.env.development'];

/** The variables an application has of its own: its process's, what was given, and its usual files. */
export function ownVariables(dir: string, given: Readonly<Record<string, string>>): Record<string, string> {
  const own: Record<string, string> = {};
  for (const file of ENV_FILES.map((name) => join(dir, name)))
    if (existsSync(file)) Object.assign(own, parseEnv(readFileSync(file, 'utf8')));
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) own[name] = value;
  return { ...own, ...given };
}

/**
 * What leads an application to the collector. Sentry is switched on by its address, so it is told only where the application
 * has it; the rest does nothing in one that does not send.
 *
 * @param own see {@link ownVariables}
 */
export function leadingTo(
  { origin, httpPort, statsdPort }: Collector,
  own: Readonly<Record<string, string>>,
  inventory: Pick<Inventory, 'dependencies' | 'env'>,
): Record<string, string> {
  const asked = new Set([...inventory.env.map(({ name }) => name), ...Object.keys(own)]);
  const has = (name: string) => asked.has(name);
  const sentry = has('SENTRY_DSN') || inventory.dependencies.some(({ name }) => name.startsWith('@sentry/'));
  const protocols = ['', '_TRACES', '_METRICS', '_LOGS'].map((part) => `OTEL_EXPORTER_OTLP${part}_PROTOCOL`);
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: origin,
    ...Object.fromEntries(
      ['traces', 'metrics', 'logs'].flatMap((signal) => {
        const name = `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_ENDPOINT`;
        return has(name) ? [[name, `${origin}/v1/${signal}`]] : [];
      }),
    ),
    // gRPC is not read; every SDK that speaks it speaks HTTP, too.
    ...Object.fromEntries(
      protocols.flatMap((name) => (own[name] === 'grpc' ? [[name, 'http/protobuf']] : [])),
    ),
    // What waits for more before it is sent does not wait for minutes here.
    ...{
      OTEL_BSP_SCHEDULE_DELAY: '200',
      OTEL_BLRP_SCHEDULE_DELAY: '200',
      OTEL_METRIC_EXPORT_INTERVAL: '600',
    },
    OTEL_METRIC_EXPORT_TIMEOUT: '500',
    ...(sentry && { SENTRY_DSN: `http://observe@127.0.0.1:${httpPort}/1` }),
    ...{ STATSD_HOST: '127.0.0.1', STATSD_PORT: String(statsdPort) },
    ...{
      DD_AGENT_HOST: '127.0.0.1',
      DD_DOGSTATSD_PORT: String(statsdPort),
      DD_TRACE_AGENT_PORT: String(httpPort),
    },
  };
}
