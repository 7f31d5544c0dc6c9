import { z } from 'zod';
import { Evidence } from './evidence.ts';
import { Finding } from './finding.ts';
import { Location } from './location.ts';
import { Dependency, InstallScript, NativeAddon, PackageManager, Pinned } from './packages.ts';
import { CloudFunction, Service } from './services.ts';

export * from './evidence.ts';
export * from './finding.ts';
export * from './packages.ts';
export * from './services.ts';

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
  kind: z.enum(['main', 'module', 'exports', 'bin', 'script', 'dockerfile', 'procfile', 'function']),
  /** Relative to the root, as far as it could be read from the field or command. */
  file: z.string(),
  /** True when the file is in the repository; false for build output and mistakes. */
  present: z.boolean(),
  /** The source it is, or is built from as far as that could be told: `src/server.ts` for `dist/server.js`. */
  source: z.string().nullable(),
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

/** A place whose version no other place that is named satisfies too. The place's own location comes first. */
export const PinDisagreement = z.object({
  sentence: z.string(),
  locations: z.array(Location),
});
export type PinDisagreement = z.infer<typeof PinDisagreement>;

/** An image tag or version name that means another version later, without a change in the repository. */
export const FloatingVersion = Evidence.extend({
  source: z.enum(['image', 'ci', 'version-file']),
  /** The image as written (`node:20-alpine`), or the runtime and the name (`node lts/*`). */
  value: z.string(),
  /** The version it stays within, `20` for `node:20-alpine`; null when it moves to any version. */
  within: z.string().nullable(),
});
export type FloatingVersion = z.infer<typeof FloatingVersion>;

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

/** Routes that are there, or may be, and were not read. */
export const UnreadRoutes = Evidence.extend({
  /** `Fastify`, `http.createServer`. */
  framework: z.string(),
  reason: z.string(),
  /** The routes were read, and only a part of their paths was not. */
  inPart: z.literal(true).optional(),
});
export type UnreadRoutes = z.infer<typeof UnreadRoutes>;

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
  /**
   * `test`: a test or a tool's configuration; `unreached`: no entry point loads the file; `apart`: an example, template or
   * scaffolder; `browser`: sent to browsers.
   */
  reach: z.enum(['production', 'test', 'unreached', 'apart', 'browser']),
  /** It is imported under a name that nothing uses: only that it is loaded matters. */
  unused: z.literal(true).optional(),
});
export type BuiltinUse = z.infer<typeof BuiltinUse>;

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
   * `path`: where a module is; `decorator-metadata`: types that decorators read; `environment-file`: a file of variables;
   * `sort-boolean`: a comparator that answers true or false.
   */
  kind: z.enum([
    'at-load',
    'disk-at-load',
    'dispatcher',
    'stripe-sync',
    'path',
    'decorator-metadata',
    'environment-file',
    'sort-boolean',
  ]),
  /** `setInterval`, `fs.readFileSync`, `undici.fetch`, `.env.development`. */
  name: z.string(),
});
export type Trait = z.infer<typeof Trait>;

/** Something that shows how the repository is built, hosted or run, which rules of practice go by. */
export const Sign = Evidence.extend({
  /**
   * `platform`: a platform's own file (`vercel`, `deno-deploy`); `edge-runtime`: a module that asks for an edge runtime;
   * `time-limit`: how long a function may take, in seconds; `buffering`: a gateway that holds answers back; `runtime-api`: an API
   * or import of one runtime only; `log-call`: a line written to the console by the application; `ci-command`: a command of CI;
   * `python`, `wasm`, `pnp`, `jsx`: files of those; `environment-sample`: a file of variables for people to copy;
   * `load-script`: a program of a load tool; `path-alias`: names for paths that only
   * compilers know; `bare-import`: a relative import without an ending.
   */
  kind: z.enum([
    ...(['platform', 'edge-runtime', 'time-limit', 'buffering', 'runtime-api', 'log-call'] as const),
    ...([
      'environment-sample',
      'ci-command',
      'python',
      'wasm',
      'pnp',
      'jsx',
      'load-script',
      'path-alias',
      'bare-import',
    ] as const),
  ]),
  /** `vercel`, `maxDuration 300`, `Bun.serve`, `npm run typecheck`. */
  name: z.string(),
});
export type Sign = z.infer<typeof Sign>;

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
  functions: z.array(CloudFunction),
  scripts: z.array(Script),
  pins: z.array(RuntimePin),
  pinDisagreements: z.array(PinDisagreement),
  floating: z.array(FloatingVersion),
  pinned: z.array(Pinned),
  dependencies: z.array(Dependency),
  frameworks: z.array(Framework),
  routes: z.array(Route),
  unreadRoutes: z.array(UnreadRoutes),
  middleware: z.array(Middleware),
  builtins: z.array(BuiltinUse),
  nativeAddons: z.array(NativeAddon),
  installScripts: z.array(InstallScript),
  deployment: z.array(Deployment),
  /** Empty unless packages other than the root run by themselves. */
  services: z.array(Service),
  workspaces: z.array(z.object({ name: z.string(), folder: z.string() })),
  /** Folders of packages that run beside the application: in browsers, on devices, or as programs of people. */
  beside: z.array(z.string()).default([]),
  env: z.array(EnvironmentVariable),
  traits: z.array(Trait),
  signs: z.array(Sign),
  scriptUses: z.array(ScriptUse),
  /** What at least one target treats in another way; what changes nothing for any is not listed. */
  findings: z.array(Finding).default([]),
  /** Packages that the application's own files import; null when it could not be told which files those are. */
  applicationPackages: z.array(z.string()).nullable(),
  /** Packages that other files import which may be the application's: something may load them that could not be followed. */
  besidePackages: z.array(z.string()).default([]),
  notChecked: z.array(NotChecked),
});
export type Inventory = z.infer<typeof Inventory>;
