import type { ProvisionedRuntime, RuntimeLimit, RuntimeSpec } from '../model/runtime.ts';
import type { StartScript } from './launch/start-script.ts';
import type { Platform } from './provision/platform.ts';

export type { ProvisionedRuntime, RuntimeLimit, RuntimeSpec };

/** One npm package a runtime is made of. `range` is absent for the package that carries the runtime's own version. */
export interface RuntimePackage {
  name: string;
  range?: string;
}

/** How a runtime is fetched: its platform package first, then whatever is needed beside it. */
export interface RuntimeSource {
  packages: [RuntimePackage, ...RuntimePackage[]];
  /** Path of the executable inside the first package, with `/`. */
  executable: string;
}

/** How to recognise the runtime among the programs on PATH. */
export interface RuntimeProgram {
  program: string;
  /** Arguments that make it print its version and the path of its real executable, one a line. */
  probe: string[];
}

/** A process to start: absolute program, arguments, and what the user should know about how it is started. */
export interface StartCommand {
  program: string;
  args: string[];
  /** The whole environment of the process. */
  env: Record<string, string>;
  cwd: string;
  notes: string[];
  /** Files that give it variables beside its environment, absolute, in the order they are read; those that are there. */
  envFiles?: readonly string[];
  /** The identity that really runs, where the application's own configuration decides a part of it. */
  runtime?: ProvisionedRuntime;
}

/** Resources a Worker is bound to. What is given is added to what the application's Wrangler file names. */
export interface Bindings {
  r2?: string[];
  kv?: string[];
  d1?: string[];
  vars?: Record<string, string>;
}

export interface LaunchOptions {
  /** The application's folder: the working directory, and where `node_modules` and configuration are looked up. */
  dir: string;
  /** Where the application really stands, when `dir` is a copy: files outside it that it names are looked up from there. */
  original?: string;
  /** The file to start, relative to `dir`. Found from package.json (or the Wrangler file) when absent. */
  entry?: string;
  /** Arguments for the application itself. */
  args?: string[];
  /** The application's own environment; `undefined` removes an inherited variable. `PORT` and `HOST` are set for it. */
  env?: Record<string, string | undefined>;
  /** Where `stdout.log`, `stderr.log` and, for Workers, the bundle are written. Created when missing. */
  runFolder: string;
  /** Takes secrets out of what the application prints, before it is written or shown. Default: nothing is changed. */
  redact?: (text: string) => string;
  /** Where a Worker's bundle is put. Default: `runFolder`. */
  buildFolder?: string;
  /** How long the application may take to answer its first request. Default 20 000 ms. */
  readyTimeoutMs?: number;
  /** How long a stopping application may take before its processes are killed. Default 5 000 ms. */
  graceMs?: number;
  /** The request that tells readiness, default `/`. Any HTTP answer counts. */
  readyPath?: string;
  /** How long to wait between two questions whether it is ready. Default 15 ms. */
  readyPollMs?: number;
  /** A CommonJS file, absolute, to be loaded before the application. Runtimes that cannot start without it. */
  preload?: string;
  bindings?: Bindings;
  /** Outgoing HTTP goes through this proxy, as far as the runtime honours it. See `Runtime.egressLimit`. */
  egress?: string;
  /** The folder for temporary files the application is told; the system's own when absent. */
  temporary?: string;
  /** Deno: what it may do, as its flags say it. Default: everything. */
  permissions?: readonly string[];
  /** Workers: keep R2, KV and D1 data in this folder. Default: in memory, gone with the process. */
  stateFolder?: string;
  /** Aborting it stops the application, whether it is starting or running. */
  signal?: AbortSignal;
}

export interface StartRequest extends Omit<LaunchOptions, 'entry'> {
  entry: string;
  host: string;
  port: number;
  /** How its own start script starts this entry; null where it has none, or that starts another file. */
  script: StartScript | null;
  /** A CommonJS file, absolute, that moves ports the application asks for. Loaded before everything else. */
  listenHook: string;
}

/** A file that gives an application variables its environment does not have. */
export interface EnvironmentFile {
  /** Relative to the application's folder, with `/`. */
  file: string;
  /** Those that this file decides. The digest tells whether two values are the same, and is not to be written anywhere. */
  variables: readonly { name: string; digest: string }[];
}

export interface AppExit {
  code: number | null;
  signal: string | null;
}

/** The application's output on disk. Files stop growing at 64 MiB, with a last line that says so. */
export interface AppLogs {
  stdout: string;
  stderr: string;
  /** The last `count` lines of both streams in the order they arrived. */
  tail(count: number): string[];
}

/** One object of an R2 bucket or one key of a KV namespace. Size in bytes, time in ms since the epoch. */
export interface StoredObject {
  store: 'r2' | 'kv';
  /** Name of the binding. */
  bucket: string;
  key: string;
  at: number | null;
  size: number;
  sha256: string;
  /** Base64; null where it is larger than 1 MiB. */
  body: string | null;
}

/** An application that answers requests. */
export interface RunningApp {
  /** `http://127.0.0.1:PORT`, without a trailing slash. */
  origin: string;
  port: number;
  /** Also the id of its process group. */
  pid: number;
  /** The exact identity that runs. */
  runtime: ProvisionedRuntime;
  /** Milliseconds from the start of the process to its first answer. */
  bootMs: number;
  /** What the user should know about how it was started. */
  notes: string[];
  /** The environment files it was given, in the order they are read. */
  environment: readonly EnvironmentFile[];
  logs: AppLogs;
  /** Settles when the process is gone, for whatever reason. Never rejects. */
  exited: Promise<AppExit>;
  /** SIGTERM, then after the grace period SIGKILL of every process it started. Resolves when all are gone. */
  stop(): Promise<AppExit>;
  /** What stands in its buckets and namespaces; null where the runtime has none. */
  stored(): Promise<StoredObject[] | null>;
  /** Resident bytes of the process and its descendants, `null` where the platform does not tell. */
  memory(): Promise<number | null>;
  /** Ids of the process and its descendants; empty when it is gone or the platform does not tell. */
  processes(): Promise<number[]>;
}

/** A runtime: the default export of one file in `list/`. Everything else (cache, launch, stop, logs) is shared. */
export interface Runtime {
  /** What the user writes before `@`. */
  name: string;
  title: string;
  /** One sentence for `migrate runtimes`. */
  description: string;
  homepage: string;
  /** What follows `@`: a semver range or a Workers compatibility date. */
  rangeKind: 'version' | 'compatibility-date';
  /** The specs `migrate runtimes` lists. */
  listed: string[];
  limits: RuntimeLimit[];
  /** Its npm packages for a platform, or one plain sentence why there are none. */
  source(platform: Platform): RuntimeSource | string;
  /** Whether a version of the first package satisfies a range. */
  satisfies(version: string, range: string | undefined): boolean;
  /** Arguments that make the provisioned executable print its version. */
  versionArgs: string[];
  /** Arguments that run a plain program with nothing of ours loaded before it; absent where it runs none. */
  plainArgs?: readonly string[];
  onPath?: RuntimeProgram;
  /** What follows `@` where the user says nothing and the application's own configuration does. */
  ownRange?(dir: string): Promise<string | undefined>;
  /** The parts of the identity beyond the version. */
  identity?(version: string, range: string | undefined): Partial<ProvisionedRuntime>;
  /** Which outgoing HTTP does not go through the proxy it is told, in words; null when all of it does. */
  egressLimit(version: string): string | null;
  /** What an application has stored with the platform; absent where the platform stores nothing. */
  stored?(runFolder: string): Promise<StoredObject[]>;
  /** How to start an application. Throws a MigrateError when it can be known that it cannot run. */
  command(runtime: ProvisionedRuntime, request: StartRequest): Promise<StartCommand>;
}
