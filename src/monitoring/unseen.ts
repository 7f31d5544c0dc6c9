import type { Inventory } from '../model/inventory.ts';
import type { MonitoredSide, SignalKind, SignalRow } from '../model/monitoring.ts';

/** Packages that send in a way of their own, which the collector does not read. */
const OWN_PROTOCOL: Readonly<Record<string, string>> = {
  'dd-trace': 'Datadog’s',
  newrelic: 'New Relic’s',
  'elastic-apm-node': 'Elastic’s',
  applicationinsights: 'Application Insights’',
  '@opentelemetry/exporter-trace-otlp-grpc': 'gRPC’s',
};

const ASKED: readonly [SignalKind[], string][] = [
  [['span'], 'spans'],
  [['error'], 'errors'],
  [['metric', 'counter'], 'metrics'],
  [['log'], 'logs'],
];

/** What this comparison did not see, one sentence each. */
export function unseen(
  rows: readonly SignalRow[],
  sides: { old: MonitoredSide; new: MonitoredSide },
  { dependencies }: Pick<Inventory, 'dependencies'>,
): string[] {
  const has = (name: string) =>
    dependencies.some((one) => one.name === name || one.name.startsWith(`${name}/`));
  const told = (kinds: readonly SignalKind[]) =>
    rows.some(({ kind, old }) => old > 0 && kinds.includes(kind));
  const none = ASKED.flatMap(([kinds, name]) => (told(kinds) ? [] : [name]));
  return [
    ...(none.length > 0 && none.length < ASKED.length
      ? [`Today’s side sent no ${none.join(', no ')}: whether the new one would is not known.`]
      : []),
    ...(has('@sentry') && sides.old.received.sentry === 0
      ? [
          'Sentry is a dependency and nothing of it arrived: where its DSN stands in the code, it went to that project.',
        ]
      : []),
    ...Object.entries(OWN_PROTOCOL).flatMap(([name, whose]) =>
      has(name)
        ? [`${name} sends in ${whose} own protocol, which is not read: what arrives of it is not known.`]
        : [],
    ),
    ...(['old', 'new'] as const).flatMap((name) =>
      sides[name].unread.map(
        ({ reason, messages }) =>
          `Of the ${name} side ${messages} ${messages === 1 ? 'message' : 'messages'}: ${reason}.`,
      ),
    ),
    'Only names, numbers and parents were compared: attributes, timings and how an alert reads them were not.',
  ];
}
