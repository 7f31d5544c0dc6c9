import { z } from 'zod';
import { Known, Location } from './location.ts';

/** Where a fact is written and how it was known. `location` is null only for a fact about a file that is absent. */
export const Evidence = z.object({
  location: Location.nullable(),
  /** The line of the source at `location`, trimmed and cut to 160 characters. */
  snippet: z.string().optional(),
  known: Known,
});
export type Evidence = z.infer<typeof Evidence>;

/** A lockfile at the root or in a workspace. `version` is the format's own number, null when it has none. */
export const Lockfile = Evidence.extend({
  file: z.string(),
  manager: z.enum(['npm', 'yarn', 'pnpm', 'bun', 'deno']),
  version: z.string().nullable(),
  /** False when the format's version is one this tool does not know: nothing was read from it. */
  understood: z.boolean(),
});
export type Lockfile = z.infer<typeof Lockfile>;

/** The package manager, `name` null when neither `packageManager` nor a lockfile names one. */
export const PackageManager = z.object({
  name: z.enum(['npm', 'yarn', 'pnpm', 'bun', 'deno']).nullable(),
  version: z.string().nullable(),
  declared: Evidence.nullable(),
  lockfiles: z.array(Lockfile),
  /** Sentences: several lockfiles at once, a lockfile that contradicts `packageManager`. */
  conflicts: z.array(z.string()),
});
export type PackageManager = z.infer<typeof PackageManager>;

/** `type` of package.json and what the source files really are. */
export const ModuleSystem = z.object({
  /** null: package.json has no `type` (CommonJS for Node, an error for Deno on `.js` files). */
  declared: z.enum(['commonjs', 'module']).nullable(),
  evidence: Evidence.nullable(),
  files: z.object({ commonjs: z.int(), module: z.int(), typescript: z.int() }),
  /** The first CommonJS `.js` file of the application itself (no test, no tool's configuration); null when there is none. */
  firstCommonjs: Location.nullable(),
});
export type ModuleSystem = z.infer<typeof ModuleSystem>;

/** A file that something starts or loads. */
export const EntryPoint = Evidence.extend({
  kind: z.enum(['main', 'module', 'exports', 'bin', 'script', 'dockerfile', 'procfile']),
  /** Relative to the root, as far as it could be read from the field or command. */
  file: z.string(),
  /** True when the file is in the repository; false for build output and mistakes. */
  present: z.boolean(),
  /** The export's condition path, the bin's name, the script's name. */
  name: z.string(),
});
export type EntryPoint = z.infer<typeof EntryPoint>;

export const ScriptKind = z.enum(['production', 'dev', 'test', 'build', 'check', 'lifecycle', 'task']);
export type ScriptKind = z.infer<typeof ScriptKind>;

/** One entry of package.json's `scripts`. */
export const Script = Evidence.extend({
  /** package.json that holds it. */
  manifest: z.string(),
  name: z.string(),
  command: z.string(),
  kind: ScriptKind,
  /** Programs it runs, in order: `node`, `vitest`, `tsc`. Shell built-ins are left out. */
  programs: z.array(z.string()),
  /** Flags given to node, deno or bun themselves. */
  runtimeFlags: z.array(z.string()),
  /** Other scripts it runs through the package manager. */
  calls: z.array(z.string()),
  /** Source files it names. */
  files: z.array(z.string()),
});
export type Script = z.infer<typeof Script>;

/** A place that says which runtime version to use. */
export const RuntimePin = Evidence.extend({
  source: z.enum([
    'engines',
    'devEngines',
    '.nvmrc',
    '.node-version',
    '.tool-versions',
    'mise',
    'volta',
    'dockerfile',
    'ci',
    'platform',
  ]),
  runtime: z.enum(['node', 'bun', 'deno']),
  /** As written: `>=20`, `20-alpine`, `lts/*`. */
  value: z.string(),
  /** The version or range semver understands; null when it is a variable or an alias. */
  range: z.string().nullable(),
});
export type RuntimePin = z.infer<typeof RuntimePin>;

/** Two pins no version satisfies both of. */
export const PinDisagreement = z.object({
  sentence: z.string(),
  locations: z.array(Location),
});
export type PinDisagreement = z.infer<typeof PinDisagreement>;

export const Dependency = Evidence.extend({
  name: z.string(),
  kind: z.enum(['production', 'dev', 'optional', 'peer']),
  manifest: z.string(),
  declared: z.string(),
  /** Version in node_modules; null when it is not installed. */
  installed: z.string().nullable(),
  /** Version in the lockfile; null when there is none that was understood. */
  locked: z.string().nullable(),
});
export type Dependency = z.infer<typeof Dependency>;

/** A server framework the application depends on. */
export const Framework = Evidence.extend({
  name: z.string(),
  package: z.string(),
  declared: z.string(),
  installed: z.string().nullable(),
  locked: z.string().nullable(),
});
export type Framework = z.infer<typeof Framework>;

/** Why a route does not suit a place without a file system, native code or shared memory. */
export const RouteNeed = Evidence.extend({
  /** `builtin`: a Node module; `package`: a dependency; `state`: process memory; `stream`: a long-lived response. */
  kind: z.enum(['builtin', 'package', 'state', 'stream', 'static', 'unknown']),
  /** The module, package or variable. */
  name: z.string(),
  member: z.string().nullable(),
});
export type RouteNeed = z.infer<typeof RouteNeed>;

/** One endpoint after mounting. */
export const Route = Evidence.extend({
  method: z.string(),
  path: z.string(),
  framework: z.string(),
  handlerName: z.string(),
  handler: Location.nullable(),
  /** What its handlers and middlewares, and the functions they call in the repository, use. */
  needs: z.array(RouteNeed),
  /** The functions and packages' middlewares a request for it passes: its handlers, and what stands before them. */
  through: z.array(Location).default([]),
});
export type Route = z.infer<typeof Route>;

/** Middleware of a package that the application mounts: `express.json()`, `cookieParser()`, `express.static()`. */
export const Middleware = Evidence.extend({
  package: z.string(),
  /** `json` of `express.json`; empty when the package itself is called. */
  member: z.string(),
  /** Paths it is mounted at or, on a route, that route's own; empty for all. */
  paths: z.array(z.string()),
});
export type Middleware = z.infer<typeof Middleware>;

/** One use of a Node builtin module. */
export const BuiltinUse = Evidence.extend({
  module: z.string(),
  /** `readFile`, `promises.readFile`; null for the module as a whole. */
  member: z.string().nullable(),
  /** `test`: a test or a tool's configuration; `unreached`: no entry point imports the file. */
  reach: z.enum(['production', 'test', 'unreached']),
});
export type BuiltinUse = z.infer<typeof BuiltinUse>;

export const NativeAddon = Evidence.extend({
  package: z.string(),
  declared: z.string().nullable(),
  installed: z.string().nullable(),
  locked: z.string().nullable(),
  /** `node-api`, `v8` (NAN or V8 C++), or null when it could not be told. */
  abi: z.enum(['node-api', 'v8']).nullable(),
  /** What gave it away: `prebuilds/ in node_modules`, `known native package`. */
  signs: z.array(z.string()),
});
export type NativeAddon = z.infer<typeof NativeAddon>;

/** A Docker base image or a step of a CI workflow that fixes a runtime. */
export const Deployment = Evidence.extend({
  kind: z.enum(['image', 'command', 'ci']),
  file: z.string(),
  value: z.string(),
});
export type Deployment = z.infer<typeof Deployment>;

export const EnvironmentVariable = Evidence.extend({ name: z.string() });
export type EnvironmentVariable = z.infer<typeof EnvironmentVariable>;

/** Something the application's code does that no import shows and that runtimes treat in different ways. */
export const Trait = Evidence.extend({
  /**
   * `at-load`: a timer, random value or request made while the modules load; `disk-at-load`: a file read or written then;
   * `dispatcher`: a request given undici's dispatcher; `stripe-sync`: Stripe's check of a signature without a promise;
   * `path`: where a module is; `decorator-metadata`: types that decorators read; `environment-file`: a file of variables.
   */
  kind: z.enum([
    'at-load',
    'disk-at-load',
    'dispatcher',
    'stripe-sync',
    'path',
    'decorator-metadata',
    'environment-file',
  ]),
  /** `setInterval`, `fs.readFileSync`, `undici.fetch`, `.env.development`. */
  name: z.string(),
});
export type Trait = z.infer<typeof Trait>;

/** What the files of one package script, and everything they import, use. */
export const ScriptUse = z.object({
  manifest: z.string(),
  name: z.string(),
  /** The programs of its command with their arguments, in order. */
  runs: z.array(z.object({ program: z.string(), args: z.array(z.string()) })),
  packages: z.array(Evidence.extend({ name: z.string() })),
  builtins: z.array(Evidence.extend({ module: z.string(), member: z.string().nullable() })),
  /** Where one of them starts to listen; null when none does. */
  listens: Location.nullable(),
  /** Files it starts by their path whose first line asks for Node. */
  nodePrograms: z.array(z.string()),
  /** Why not all of it was read; null when it was. */
  unread: z.string().nullable(),
});
export type ScriptUse = z.infer<typeof ScriptUse>;

/** Something nobody looked at, and why. Shown, never dropped. */
export const NotChecked = z.object({
  what: z.string(),
  reason: z.string(),
  location: Location.nullable(),
});
export type NotChecked = z.infer<typeof NotChecked>;

/** Everything read from a repository before a plan is drawn. */
export const Inventory = z.object({
  schema: z.literal('migrate/inventory'),
  version: z.literal(1),
  /** package.json's name, or the folder's. */
  name: z.string(),
  git: z.boolean(),
  counts: z.object({ files: z.int(), sources: z.int(), tests: z.int() }),
  packageManager: PackageManager,
  moduleSystem: ModuleSystem,
  entryPoints: z.array(EntryPoint),
  scripts: z.array(Script),
  pins: z.array(RuntimePin),
  pinDisagreements: z.array(PinDisagreement),
  dependencies: z.array(Dependency),
  frameworks: z.array(Framework),
  routes: z.array(Route),
  middleware: z.array(Middleware),
  builtins: z.array(BuiltinUse),
  nativeAddons: z.array(NativeAddon),
  deployment: z.array(Deployment),
  workspaces: z.array(z.object({ name: z.string(), folder: z.string() })),
  env: z.array(EnvironmentVariable),
  traits: z.array(Trait),
  scriptUses: z.array(ScriptUse),
  /** Packages that the application's own files import; null when it could not be told which files those are. */
  applicationPackages: z.array(z.string()).nullable(),
  notChecked: z.array(NotChecked),
});
export type Inventory = z.infer<typeof Inventory>;
