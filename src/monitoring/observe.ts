import { rm } from 'node:fs/promises';
import type { Inventory } from '../model/inventory.ts';
import type { MonitoredSide, Monitoring } from '../model/monitoring.ts';
import {
  type GivenSide,
  launchAlone,
  newScratch,
  type Redactor,
  rehearseAlone,
  runId,
  type Traffic,
} from '../shadow/index.ts';
import { identityOf } from '../workspace/identity.ts';
import type { Repository } from '../workspace/repository.ts';
import { startCollector } from './collector.ts';
import { compareTold, judgeTold } from './compare.ts';
import { leadingTo } from './environment.ts';
import type { Told } from './tally.ts';
import { unseen } from './unseen.ts';

/** What `migrate observe` is given. */
export interface ObserveOptions {
  /** The new side's repository, which the evidence is kept in. */
  repository: Repository;
  inventory: Inventory;
  sides: { old: GivenSide; new: GivenSide };
  traffic: Traffic;
  redact: Redactor;
  writes: 'refused' | 'isolated';
  /** What `--env-file` names hold, and what the application has of its own. */
  env: Readonly<Record<string, string>>;
  own: Readonly<Record<string, string>>;
  timeoutMs: number;
  startTimeoutMs: number;
  /** How long a side may take to send what it has, after the last answer. */
  waitMs: number;
  tool: string;
  signal: AbortSignal;
  progress(text: string | null): void;
  notice(text: string): void;
}

/** With nothing more for so long a side has sent what it has. Longer than what exporters wait for more. */
const QUIET_MS = 1_200;
/** Sentry's SDK keeps logs and metrics for five seconds. */
const SENTRY_QUIET_MS = 5_500;
const POLL_MS = 50;

interface Listened {
  told: Told;
  side: MonitoredSide;
  asked: number;
  variables: string[];
}

/**
 * Starts today's side twice and the new one once, each alone in a fresh copy with a collector of its own, asks each the same
 * requests, and compares what the collectors were told.
 *
 * @throws MigrateError of the runtimes, where a side does not start (exit code 3)
 */
export async function observe(options: ObserveOptions): Promise<Monitoring> {
  const { repository, inventory, sides, traffic, tool } = options;
  const startedAt = new Date();
  const scratch = await newScratch();
  try {
    const identity = await identityOf(repository);
    const old = await listen('today’s side', sides.old, scratch, options);
    // Where it tells nothing, once more of it tells nothing, too.
    const again =
      old.told.counts.size === 0 ? old : await listen('today’s side again', sides.old, scratch, options);
    const next = await listen('the new side', sides.new, scratch, options);
    const rows = compareTold(old.told, again.told, next.told);
    return {
      ...{ schema: 'migrate/monitoring', version: 1, id: runId(startedAt), tool },
      madeAt: startedAt.toISOString(),
      durationMs: Date.now() - startedAt.getTime(),
      identity,
      requests: { source: traffic.source, file: traffic.file, asked: old.asked },
      told: old.variables,
      sides: { old: old.side, new: next.side },
      rows,
      ...judgeTold(rows),
      notChecked: unseen(rows, { old: old.side, new: next.side }, inventory),
    };
  } finally {
    options.progress(null);
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function listen(
  title: string,
  given: GivenSide,
  scratch: string,
  options: ObserveOptions,
): Promise<Listened> {
  const { redact, env, own, inventory, timeoutMs, writes, signal, progress } = options;
  let known: readonly string[] = [];
  const cleaned = (name: string) =>
    redact.text(known.reduce((text, own) => text.replaceAll(own, '<own>'), name));
  const collector = await startCollector(cleaned);
  const variables = leadingTo(collector, own, inventory);
  const quietMs = 'SENTRY_DSN' in variables ? SENTRY_QUIET_MS : QUIET_MS;
  let closed: Told | null = null;
  try {
    progress(`${title}: starting`);
    const { side, close } = await launchAlone(given, {
      ...{ cwd: scratch, logs: `${scratch}/logs/${title}`, readyTimeoutMs: options.startTimeoutMs, signal },
      ...{ env: { ...env, ...variables }, redact: (text: string) => redact.text(text), effects: false },
      ...{ progress: (text: string) => progress(text), notice: options.notice },
    });
    known = [side.own.address, ...side.own.dirs];
    let heard: Awaited<ReturnType<typeof rehearseAlone>>;
    try {
      progress(`${title}: asking it ${options.traffic.exchanges.length} requests`);
      heard = await rehearseAlone(side, options.traffic.exchanges, { writes, timeoutMs, signal });
      progress(`${title}: waiting for what it sends`);
      await quiet(collector.quietFor, quietMs, options.waitMs, signal);
    } finally {
      await close();
    }
    // What is sent as it ends is under way for a moment.
    await quiet(collector.quietFor, QUIET_MS, Math.min(QUIET_MS, options.waitMs), signal);
    closed = await collector.close();
    const { identity } = side;
    const { given: spec, runtime: name, version, platform, tree } = identity;
    return {
      told: closed,
      asked: heard.filter(({ asked, isStream }) => asked !== null || isStream).length,
      variables: Object.keys(variables).sort(),
      side: {
        runtime: {
          ...{ spec: spec.split(':')[0] ?? name, name, version, platform },
          ...(identity.compatibilityDate && { compatibilityDate: identity.compatibilityDate }),
          ...(identity.compatibilityFlags && { compatibilityFlags: identity.compatibilityFlags }),
        },
        tree: tree ?? null,
        ...{ received: closed.received, unread: closed.unread },
      },
    };
  } finally {
    if (!closed) await collector.close();
  }
}

/** Resolves when nothing came for a while, or the wait is over. */
async function quiet(
  quietFor: () => number | null,
  quietMs: number,
  waitMs: number,
  signal: AbortSignal,
): Promise<void> {
  const began = performance.now();
  while (performance.now() - began < waitMs) {
    signal.throwIfAborted();
    if (performance.now() - began > quietMs && (quietFor() ?? quietMs) >= quietMs) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
