import { isAbsolute, resolve } from 'node:path';
import semver from 'semver';
import { MigrateError } from '../model/errors.ts';
import { ExitCode } from '../model/exit.ts';
import type { RuntimeSpec } from '../model/runtime.ts';
import { findRuntime } from './registry.ts';

/**
 * Reads `node@22`, `bun`, `bun@1.4`, `deno@2`, `workers`, `workers@2026-07-30`. `@latest` is the same as no version.
 *
 * @throws MigrateError UNKNOWN_RUNTIME or BAD_RUNTIME_VERSION (exit code 2)
 */
export async function parseSpec(text: string): Promise<RuntimeSpec> {
  const raw = text.trim();
  const cut = raw.indexOf('@');
  const name = (cut < 0 ? raw : raw.slice(0, cut)).toLowerCase();
  const range = cut < 0 ? undefined : raw.slice(cut + 1);
  const runtime = await findRuntime(name, raw);
  if (range === undefined || range === 'latest') return { name, raw };
  const dated = runtime.rangeKind === 'compatibility-date';
  if (dated ? isDate(range) : range !== '' && semver.validRange(range) !== null) return { name, range, raw };
  throw new MigrateError(
    'BAD_RUNTIME_VERSION',
    `"${range}" in "${raw}" is no ${dated ? 'date' : 'version'}.`,
    {
      hint: dated
        ? `Write the compatibility date, as in ${name}@2026-07-30.`
        : `Write ${runtime.listed[0]}, or a semver range.`,
      exitCode: ExitCode.usage,
    },
  );
}

/** One side of a comparison. `dir` is absolute. */
export interface Side {
  spec: RuntimeSpec;
  dir: string;
}

/**
 * Reads `node@22:./dir`: a runtime and the folder of the application it runs. A spec alone means the current folder.
 *
 * @param cwd what a relative folder is relative to
 */
export async function splitSide(text: string, cwd = process.cwd()): Promise<Side> {
  const cut = text.indexOf(':');
  const dir = cut < 0 ? '.' : text.slice(cut + 1) || '.';
  return {
    spec: await parseSpec(cut < 0 ? text : text.slice(0, cut)),
    dir: isAbsolute(dir) ? dir : resolve(cwd, dir),
  };
}

const isDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text);
