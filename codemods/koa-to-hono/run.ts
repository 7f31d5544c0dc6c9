import type { CodemodInput, CodemodOutput, SpanEdit } from '../../src/codemod/contract.ts';
import { isTestFile } from '../../src/workspace/express/analyze.ts';
import { readServers } from '../../src/workspace/server/read.ts';
import koaReader from '../../src/workspace/server/readers/koa/index.ts';
import { loadModules, type Modules, selectModules } from '../../src/workspace/syntax/modules.ts';
import { packageRelease } from '../shared/to-hono/package-release.ts';
import { handedToTests, isCalledByTests } from './application/tests.ts';
import { convertAll, convertPart } from './convert.ts';
import { kindOf } from './facts/registrations.ts';
import { type Made, madeOf, outputOf } from './output.ts';
import { VERSIONED } from './packages/index.ts';
import type { Conversion, Target } from './state/conversion.ts';

/** Reads the repository and converts what Koa has in it, each application with the files it is connected with by itself. */
export async function run(input: CodemodInput): Promise<CodemodOutput> {
  const all =
    input.modules ?? (await loadModules({ root: input.root, paths: input.paths, read: input.read }));
  const isTest = (path: string) => isTestFile(path) || /(?:^|\/)test\.[cm]?[jt]s$/.test(path);
  const modules = selectModules(all, (path) => !isOwnFile(all.text(path)) && !isTest(path));
  const halfway = new Set(
    all.paths
      .filter((path) => all.text(path)?.slice(0, 200).includes(BESIDE) === true)
      .flatMap((path) => [...all.importersOf(path)]),
  );
  const unfinished: string[] = [];
  const target = targetOf(input.options.target);
  const trusted = new Set([input.options.trust ?? []].flat().map(String));
  const made: Made[] = [];
  const failed = new Map<string, string>();
  for (const files of componentsOf(modules)) {
    const [begun] = [...files].filter((path) => halfway.has(path));
    if (begun !== undefined) {
      unfinished.push(begun);
      continue;
    }
    const own = selectModules(modules, (path) => files.has(path));
    const { flow } = readServers(own, { readers: [koaReader] });
    for (const { path, reason } of own.failed) failed.set(path, reason);
    const tested = handedToTests(all, files, isTest);
    const releases = await releasesIn(input, [...files][0] ?? '');
    const cv = flow === null ? null : convertAll(flow, own, { target, trusted, releases }, tested);
    if (cv === null) continue;
    const part =
      (cv.problems.length > 0 || input.options.koa === 'stays') && target !== 'workers'
        ? convertPart(cv, (path) => isCalledByTests(all, path, isTest) && !makesKoa(cv, path))
        : null;
    made.push(part === null ? await madeOf(input, all, cv) : await madeOf(input, all, part, cv.problems));
  }
  const none: CodemodOutput = {
    ...{ edits: new Map<string, SpanEdit[]>(), created: new Map(), deleted: [], skipped: new Map(), failed },
    ...{ outcomes: [], leftForYou: [], limits: [], next: [], unfinished },
  };
  return made.length === 0 ? none : outputOf(input, made, none);
}

/** The releases that the first file of a program gets of packages whose releases differ. */
async function releasesIn(input: CodemodInput, path: string): Promise<Map<string, string | null>> {
  const found = new Map<string, string | null>();
  for (const name of VERSIONED) found.set(name, await packageRelease(input, path, name));
  return found;
}

const targetOf = (value: unknown): Target =>
  value === 'bun' || value === 'deno' || value === 'workers' ? value : 'node';

/** Whether an application or a router is made in a file. */
const makesKoa = ({ flow }: Conversion, path: string): boolean =>
  flow.calls.some(
    ({ node, file }) => file.path === path && flow.valuesOf(node).some((value) => kindOf(value) !== null),
  );

/** Files that import each other, in groups in which something of Koa is imported. */
function componentsOf(modules: Modules): Set<string>[] {
  const groups: Set<string>[] = [];
  const seen = new Set<string>();
  for (const start of modules.paths) {
    if (seen.has(start) || !koaReader.concerns(start, modules, [])) continue;
    const group = new Set([start]);
    for (const path of group) {
      seen.add(path);
      for (const next of [...modules.importsOf(path), ...modules.importersOf(path)])
        if (modules.text(next) !== null) group.add(next);
    }
    groups.push(group);
  }
  return groups;
}

/** The first lines of the file that runs Koa inside Hono: an earlier run wrote it, and it is Koa's to no one else. */
const MARK = ' * Runs what is still middleware of Koa inside Hono:';
/** The same of the file that runs handlers of Hono where Koa calls them. */
const BESIDE = ' * Runs handlers of Hono where Koa calls them:';
const isOwnFile = (text: string | null): boolean =>
  [MARK, BESIDE].some((mark) => text?.slice(0, 200).includes(mark) === true);
