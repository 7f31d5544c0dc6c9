import { z } from 'zod';
import { Evidence } from './evidence.ts';

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

/** A dependency whose code or version is not what its own range gives: patched, or forced by the root. */
export const Pinned = Evidence.extend({
  kind: z.enum(['patch', 'override']),
  /** The package, as written: `qs@6.11.0`, `foo>bar`. */
  package: z.string(),
  by: z.enum(['patch-package', 'pnpm', 'yarn', 'bun', 'npm']),
  /** The patch file, or the version forced. */
  value: z.string(),
});
export type Pinned = z.infer<typeof Pinned>;

/** A package with compiled code: a dependency, or one that a dependency brings (`declared` null, its place that dependency's). */
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

/** A package that runs a script of its own when it is installed, and of which nothing shows that it holds compiled code. */
export const InstallScript = Evidence.extend({
  package: z.string(),
  version: z.string().nullable(),
  /** What says so: `hasInstallScript in package-lock.json`, `postinstall: node install.js`. */
  sign: z.string(),
});
export type InstallScript = z.infer<typeof InstallScript>;
