import { z } from 'zod';
import { TryIdentity, TryRuntime } from './try.ts';
import { Verdict } from './verdict.ts';

/** The protocols that the collector reads. */
export const SignalVia = z.enum(['otlp', 'sentry', 'statsd']);
export type SignalVia = z.infer<typeof SignalVia>;

/**
 * `counter`: a metric that is only ever added to, told as its sum. `metric`: any other; how often it is told depends on time.
 * `session`: health of a release, as Sentry has it; told by time, too.
 */
export const SignalKind = z.enum(['span', 'error', 'log', 'counter', 'metric', 'session']);
export type SignalKind = z.infer<typeof SignalKind>;

/** One thing that monitoring was told, by its name, and how often each side told it. */
export const SignalRow = z.object({
  via: SignalVia,
  kind: SignalKind,
  name: z.string(),
  /** Of a span: the name of the one it is under; null for a root, and for everything else. */
  under: z.string().nullable(),
  old: z.number(),
  /** Today's side started once more: what it does not repeat is no difference. */
  again: z.number(),
  new: z.number(),
  /**
   * `missing`: the new side never tells it. `fewer`, `more`: another number, where today's side repeats its own. `moved`: the
   * same spans under another one. `only-new`: today's side never tells it. `unsteady`: today's side differs from itself.
   */
  verdict: z.enum(['same', 'missing', 'fewer', 'more', 'moved', 'only-new', 'unsteady']),
  /** Of `moved`: what it is under on the new side, null for a root. */
  underNew: z.string().nullable().optional(),
});
export type SignalRow = z.infer<typeof SignalRow>;

/** One side as it was started and listened to. */
export const MonitoredSide = z.object({
  runtime: TryRuntime,
  /** The committed files that ran, as `Plan.tree`; null where files are not committed. */
  tree: z.string().nullable(),
  /** Requests to the collector, by protocol. */
  received: z.record(SignalVia, z.int().min(0)),
  /** Messages that could not be read, with the reason. */
  unread: z.array(z.object({ reason: z.string(), messages: z.int().min(1) })),
});
export type MonitoredSide = z.infer<typeof MonitoredSide>;

/** What one `migrate observe` found. Written to `.migrate/evidence/monitoring/<id>.json`. */
export const Monitoring = z.object({
  schema: z.literal('migrate/monitoring'),
  version: z.literal(1),
  id: z.string(),
  madeAt: z.iso.datetime(),
  durationMs: z.int().min(0),
  tool: z.string(),
  identity: TryIdentity,
  /** Requests that each side was asked. */
  requests: z.object({ source: z.string(), file: z.string(), asked: z.int().min(0) }),
  /** Names of the variables that led both sides to the collector. */
  told: z.array(z.string()),
  sides: z.object({ old: MonitoredSide, new: MonitoredSide }),
  rows: z.array(SignalRow),
  outcome: Verdict,
  /** One sentence each; never empty. */
  reasons: z.array(z.string()),
  notChecked: z.array(z.string()),
});
export type Monitoring = z.infer<typeof Monitoring>;
