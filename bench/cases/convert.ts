import { cpSync, mkdirSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import type { ChangeSet, LeftOut } from '../../src/model/changeset.ts';
import type { Case } from './list.ts';

/** One observation that is not that of the original. */
export interface Difference {
  see: string;
  was: string;
  is: string;
}

/** What became of a case in one way of converting it. */
export interface Way {
  /** `wire on bun`. */
  name: string;
  /** Observations that are those of the original, of all. */
  same: number;
  all: number;
  differences: Difference[];
  /** Differences that the original shows on this runtime as well. */
  ofRuntime: number;
}

export interface Conversion {
  /** What is not converted, each with its place: `app.js:20:3 …`. */
  places: string[];
  /** Behaviours that `--parity idiomatic` says it leaves out. */
  leftOut: LeftOut[];
  /** All that the codemod printed, both ways. */
  output: string;
  changed: boolean;
  ways: Way[];
}

interface Started {
  ended(): number | string | null;
  log(): string;
  stop(): Promise<void>;
}
interface Library {
  start(
    runtime: string,
    folder: string,
    entry: string,
    port: number,
    env: Record<string, string>,
  ): Promise<Started>;
}
interface Probe {
  default(port: number, side: Started, about: { folder: string }): Promise<Record<string, unknown>>;
  entry?: string;
  env?: Record<string, string>;
}

export const npmInstall = (cwd: string) =>
  execa('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'], { cwd });

/** Files get one whole second: runtimes round what is between, and it shows in the ETag of a file. */
function setTimes(folder: string): void {
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    utimesSync(join(folder, path), WRITTEN, WRITTEN);
}
const WRITTEN = new Date('2026-01-01T00:00:00Z');

/** Error pages without stacks: their length is that of a folder's name. */
const QUIET = { NODE_ENV: 'production' };

const ON = { wire: ['node', 'bun', 'deno'], idiomatic: ['node', 'bun'] };

let port = 21_000 + Math.floor(Math.random() * 10_000);

/**
 * Converts a case both ways and asks the original on Node and each result on its runtimes.
 *
 * @param library the file that starts a side for the probes
 */
export async function runConversion(
  one: Case,
  { cli, scratch, library }: { cli: string; scratch: string; library: string },
): Promise<Conversion> {
  const folder = join(scratch, one.name);
  const original = join(folder, 'app');
  mkdirSync(folder, { recursive: true });
  cpSync(join(one.folder, 'app'), original, { recursive: true });
  setTimes(original);
  await npmInstall(original);
  const lib: Library = await import(pathToFileURL(library).href);
  const probe: Probe = await import(pathToFileURL(one.probe ?? '').href);
  const ask = async (runtime: string, at: string): Promise<Record<string, string>> => {
    port += 1;
    const side = await lib.start(runtime, at, probe.entry ?? 'app.js', port, { ...QUIET, ...probe.env });
    try {
      if (side.ended() !== null) return { start: `ended ${side.ended()}: ${side.log().slice(-400)}` };
      const seen = await probe.default(port, side, { folder: at });
      return Object.fromEntries(
        Object.entries(seen).map(([key, value]) => [
          key,
          typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined'),
        ]),
      );
    } catch (error) {
      return { probe: String(error).slice(0, 400) };
    } finally {
      await side.stop();
    }
  };
  const base = await ask('node', original);
  const elsewhere = new Map<string, Record<string, string>[]>();
  /** What the original shows on a runtime, asked only where the converted one differs there; twice, as some of it races. */
  const there = async (runtime: string) => {
    const known = elsewhere.get(runtime);
    if (known !== undefined) return known;
    const copy = join(folder, `app-${runtime}`);
    cpSync(original, copy, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
    // Deno loads a `.js` file as CommonJS only where the package says so.
    if (!readFileSync(join(copy, 'package.json'), 'utf8').includes('"type"'))
      await execa('npm', ['pkg', 'set', 'type=commonjs'], { cwd: copy });
    const asked = [await ask(runtime, copy), await ask(runtime, copy)];
    elsewhere.set(runtime, asked);
    return asked;
  };
  const result: Conversion = { places: [], leftOut: [], output: '', changed: false, ways: [] };
  for (const parity of ['wire', 'idiomatic'] as const) {
    const converted = join(folder, parity);
    cpSync(original, converted, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
    const args = [
      'codemod',
      'run',
      'express-to-hono',
      '--parity',
      parity,
      '--write',
      '--allow-dirty',
      '--json',
    ];
    const { stdout } = await execa(process.execPath, [cli, ...args, '--dir', converted], { reject: false });
    const changes: Partial<ChangeSet> = JSON.parse(stdout);
    result.output += stdout;
    if (changes.outcomes === undefined) {
      result.ways.push({
        name: parity,
        same: 0,
        all: 0,
        differences: [{ see: 'codemod', was: 'a change set', is: stdout.slice(0, 300) }],
        ofRuntime: 0,
      });
      continue;
    }
    const left = changes.outcomes.filter(({ outcome }) => outcome !== 'converted');
    for (const { file, line, column, reason } of [...left, ...(changes.leftForYou ?? [])])
      result.places.push(`${file}:${line}:${column} ${reason ?? ''}`);
    result.leftOut.push(...(changes.leftOut ?? []));
    if (!changes.files?.some(({ status }) => status === 'changed')) continue;
    result.changed = true;
    await npmInstall(converted);
    for (const runtime of ON[parity]) {
      const seen = await ask(runtime, converted);
      const keys = [...new Set([...Object.keys(base), ...Object.keys(seen)])];
      const differing = keys.filter((key) => base[key] !== seen[key]);
      const here = differing.length === 0 ? [] : await there(runtime);
      const ours = differing.filter((key) => here.every((one) => one[key] !== seen[key]));
      result.ways.push({
        name: `${parity} on ${runtime}`,
        same: keys.length - differing.length,
        all: keys.length,
        differences: ours.map((see) => ({ see, was: base[see] ?? '–', is: seen[see] ?? '–' })),
        ofRuntime: differing.length - ours.length,
      });
    }
  }
  result.places = [...new Set(result.places)];
  return result;
}
