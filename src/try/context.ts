import type { LeftOut, RouteLimit } from '../model/changeset.ts';
import type { Exchange } from '../model/exchange.ts';
import type { Inventory } from '../model/inventory.ts';
import type { ProvisionedRuntime } from '../model/runtime.ts';
import type { Waiver } from '../model/waiver.ts';
import type { GivenSide, LaunchOptions, Redactor, RouteCode, RouteShape, Traffic } from '../shadow/index.ts';
import type { Repository } from '../workspace/repository.ts';
import type { Way } from './ways.ts';

/** What `migrate try` is given. */
export interface TryOptions {
  /** The user's repository, which is only read. */
  repository: Repository;
  inventory: Inventory;
  traffic: Traffic;
  routes: readonly RouteCode[];
  /** Traffic for routes that the running application names, where the code told of none. Absent: `traffic` is what is asked. */
  trafficOf?(routes: readonly RouteShape[]): Promise<Traffic>;
  waivers: readonly Waiver[];
  redact: Redactor;
  ways: readonly Way[];
  entry?: string;
  setup: readonly (readonly [string, ...string[]])[];
  env: Readonly<Record<string, string>>;
  /** `isolated`: requests that change data are compared, too. They are never part of the load. */
  writes: 'refused' | 'isolated';
  /** Seconds of load for each row; 0: nothing is measured. */
  seconds: number;
  /** Whether the CPU time of the application of today is looked into. */
  profile?: boolean;
  /** What the application asks Deno for is found out. */
  permissions: boolean;
  timeoutMs: number;
  startTimeoutMs: number;
  /** The version of migrate. */
  tool: string;
  signal: AbortSignal;
  progress(text: string | null): void;
  notice(text: string): void;
}

/** A row that is ready to be started. */
export interface Row {
  way: Way;
  runtime: ProvisionedRuntime;
  given: GivenSide;
  env: Readonly<Record<string, string>>;
  limits: readonly RouteLimit[];
  leftOut: readonly LeftOut[];
  notes: string[];
}

/** What every part of a try needs. */
export interface Context {
  options: TryOptions;
  scratch: string;
  /** Folders in scratch that stand for the user's own. */
  folders: readonly string[];
  /** Requests that the baseline answers, in their order. */
  exchanges: readonly Exchange[];
  /** How long a row may take to its first answer. */
  readyTimeoutMs: number;
}

/** How a row's processes are started. */
export function launchOptions(
  { options, scratch, readyTimeoutMs }: Omit<Context, 'exchanges'>,
  logs: string,
  env: Row['env'],
): LaunchOptions {
  const { redact, signal } = options;
  return {
    ...{ cwd: scratch, logs: `${scratch}/logs/${logs}`, readyTimeoutMs, signal, env: { ...env } },
    redact: (text) => redact.text(text),
  };
}

/** `bun@1.4 converted`: a row in a progress line. */
export const titleOf = ({ spec, code }: Way): string =>
  `${spec} ${code === 'as-is' ? 'as it is' : 'converted'}`;
