import { dirname, extname, posix } from 'node:path';
import type { Codemod, CodemodInput, CodemodOutput, SpanEdit } from '../../src/codemod/contract.ts';
import type { LeftForYou, Outcome } from '../../src/model/changeset.ts';
import { analyzeExpress } from '../../src/workspace/express/analyze.ts';
import { SOURCE_FILE } from '../../src/workspace/syntax/parse.ts';
import { collectBridged } from './bridges.ts';
import {
  type Conversion,
  type ConversionOptions,
  createConversion,
  type FileWork,
  refuse,
} from './conversion.ts';
import { convertUnits, prepare } from './decide.ts';
import { convertAppCalls, convertCreations, readSettings } from './entry.ts';
import { bridgedOutcomes, collectAssigned, nextBridged, refuseNamedRouters } from './handler-bridges.ts';
import { editManifest } from './manifest.ts';
import { refusals } from './outcomes.ts';
import { withoutParity } from './own-module.ts';
import { assembleParity } from './parity.ts';
import { installedRelease } from './parity-releases.ts';
import { addRouteOptions } from './route-options.ts';
import { convertRegistrations } from './routing.ts';
import { refuseAppMembers, refuseLostThis } from './safety.ts';
import { convertTests } from './tests.ts';
import { convertTypes, dropUnusedAliases, writeEnv } from './types.ts';
import { keepForTests, type UsedByTests, usedByTests } from './used-by-tests.ts';
import { writeWorker } from './workers.ts';
import { addImports, removeImports } from './write-imports.ts';

const empty = (): CodemodOutput => ({
  edits: new Map(),
  created: new Map(),
  deleted: [],
  skipped: new Map(),
  failed: new Map(),
  outcomes: [],
  leftForYou: [],
  limits: [],
  next: [],
});

/** Express 4 and 5 applications become Hono applications that answer the same. */
const codemod: Codemod = {
  id: 'express-to-hono',
  title: 'Express to Hono',
  from: 'express',
  to: 'hono',
  description:
    'Rewrites apps, routers, handlers, middleware and the entry; what Express did by itself comes as one readable module.',
  options: [
    {
      name: 'parity',
      description: 'wire: answer byte for byte as before; idiomatic: leave Express behaviours out',
      values: ['wire', 'idiomatic'],
      default: 'wire',
    },
    {
      name: 'target',
      description: 'where it will run; node, bun and deno share one entry',
      values: ['node', 'bun', 'deno', 'workers'],
      default: 'node',
    },
  ],
  prefilter: /\bexpress\b/,
  run,
};

export default codemod;

async function run(input: CodemodInput): Promise<CodemodOutput> {
  const output = empty();
  const paths = await withoutParity(input);
  const program = await analyzeExpress({ root: input.root, paths, read: input.read });
  for (const { path, reason } of program.failed) (output.failed as Map<string, string>).set(path, reason);
  if (!program.routers.some(({ kind }) => kind === 'app')) return output;
  const options: ConversionOptions = {
    parity: input.options.parity === 'idiomatic' ? 'idiomatic' : 'wire',
    target: targetOf(input.options.target),
  };
  if (options.parity === 'idiomatic') return refusedOption(program, output);
  const used = await usedByTests(input, program);
  let last = await attempt(input, createConversion(program, options), used);
  for (let tries = 0; tries < ATTEMPTS && last.conversion.problems.length > 0; tries += 1) {
    const bridged = options.target === 'workers' ? null : nextBridged(last.conversion);
    if (bridged === null) break;
    last = await attempt(input, createConversion(program, options, bridged), used);
  }
  if (last.conversion.problems.length > 0 || program.failed.length > 0) {
    return refusals(last.conversion, output);
  }
  return finish(input, last.conversion, output, last.places);
}

/** Each attempt leaves more handlers behind the bridge; what keeps coming back is refused. */
const ATTEMPTS = 6;

async function attempt(input: CodemodInput, conversion: Conversion, used: UsedByTests) {
  const { program } = conversion;
  collectBridged(conversion);
  collectAssigned(conversion);
  prepare(conversion);
  keepForTests(conversion, used);
  readSettings(conversion);
  convertUnits(conversion);
  convertCreations(conversion);
  convertRegistrations(conversion);
  addRouteOptions(conversion);
  convertAppCalls(conversion);
  const places = placesOf(conversion);
  for (const file of program.files) conversion.workOf(file);
  convertTypes(conversion);
  await writeEnv(input, conversion, places.env);
  for (const router of program.routers) {
    for (const { location, reason } of router.escapes) {
      conversion.problems.push({ location, rule: 'escape', reason, unit: null });
    }
  }
  for (const work of conversion.files.values()) {
    dropUnusedAliases(conversion, work);
    removeImports(conversion, work, (node) => !work.draft.keeps(node));
  }
  for (const work of conversion.files.values()) refuseLeftImports(conversion, work);
  refuseAppMembers(conversion);
  refuseLostThis(conversion);
  refuseNamedRouters(conversion);
  return { conversion, places };
}

/** An import of Express that stands where no rule looks (in a function, computed) would break once Express is gone. */
function refuseLeftImports(conversion: Conversion, work: FileWork): void {
  const { text, comments } = work.file;
  for (const match of text.matchAll(/(?:require\s*\(|from|import\s*\(?)\s*['"`]express['"`]/g)) {
    const span = { start: match.index, end: match.index + match[0].length };
    const isComment = comments.some(({ start, end }) => start <= span.start && span.end <= end);
    if (!isComment && work.draft.keeps(span)) {
      refuse(conversion, work, span, 'imports', 'this import of Express has no rule');
    }
  }
}

const targetOf = (value: string | boolean | undefined) =>
  value === 'bun' || value === 'deno' || value === 'workers' ? value : 'node';

function refusedOption(program: Conversion['program'], output: CodemodOutput): CodemodOutput {
  const leftForYou: LeftForYou[] = program.routers
    .filter(({ kind }) => kind === 'app')
    .map(({ location }) => ({
      ...location,
      codemod: 'express-to-hono',
      rule: 'options/parity',
      reason: '`--parity idiomatic` is not there yet: only `wire` can be shown to answer the same',
      advice: 'Convert with `--parity wire`; each behaviour is a call that can be taken out by hand.',
    }));
  return { ...output, leftForYou };
}

/** Where the new files go: beside the file that makes the application. */
function placesOf(conversion: Conversion): { parity: string; env: string } {
  const app = conversion.program.routers.find(({ kind }) => kind === 'app');
  const path = app?.file.path ?? 'app.js';
  const folder = dirname(path);
  const extension = extname(path);
  const beside = (name: string) => posix.join(folder === '.' ? '' : folder, `${name}${extension}`);
  return { parity: beside('express-parity'), env: beside('app-env') };
}

async function finish(
  input: CodemodInput,
  conversion: Conversion,
  output: CodemodOutput,
  places: { parity: string; env: string },
): Promise<CodemodOutput> {
  const edits = new Map<string, SpanEdit[]>();
  const created = new Map(output.created);
  const app = conversion.program.routers.find(({ kind }) => kind === 'app');
  const appFile = app?.file;
  const manifestPath = await nearestManifest(input, appFile?.path ?? '');
  const parity = assembleParity({
    names: [...conversion.parity].sort(),
    format: appFile?.typescript || appFile?.module === 'esm' ? 'esm' : 'cjs',
    typescript: appFile?.typescript ?? false,
    expressVersion: conversion.version,
    release: await installedRelease(input, manifestPath.replace(/\/?package\.json$/, '')),
  });
  if (input.paths.includes(places.parity) || (await input.read(places.parity)) !== null) {
    const location = { file: places.parity, line: 1, column: 1 };
    conversion.problems.push({
      location,
      rule: 'parity',
      reason: 'a file of this name is there already',
      unit: null,
    });
    return refusals(conversion, output);
  }
  created.set(places.parity, parity.text);
  const tests = await convertTests(input, conversion);
  const worker =
    conversion.options.target === 'workers'
      ? writeWorker(input, conversion, parity.runtimes, await packageName(input))
      : null;
  for (const [path, text] of worker?.created ?? []) created.set(path, text);
  for (const work of conversion.files.values()) {
    addImports(conversion, work, places);
    const own = work.draft.edits();
    if (own.length > 0) edits.set(work.file.path, own);
  }
  for (const [path, text] of conversion.created) created.set(path, text);
  const replaced = ['express', 'body-parser', 'cookie-parser', 'express-async-errors'].flatMap((name) => [
    name,
    `@types/${name}`,
  ]);
  const kept = await keptPackages(input, conversion, replaced, parity.dependencies);
  const declared = /"express"\s*:/.test((await input.read(manifestPath)) ?? '');
  if (declared) delete parity.dependencies.express;
  const manifest = await editManifest(input, manifestPath, {
    unused: replaced.filter((name) => !kept.has(name)),
    dependencies: parity.dependencies,
    devDependencies: parity.devDependencies,
    server: [...conversion.files.values()].some(({ wanted }) => wanted.has('@hono/node-server')),
    commonjs: conversion.program.files.every((file) => file.module === 'cjs' && !file.typescript),
  });
  if (manifest !== null) edits.set(manifestPath, [manifest]);
  const typed = manifest !== null && /"type":\s*"commonjs"/.test(manifest.text);
  const converted = [...conversion.units.values()].map(
    ({ fn }): Outcome => ({ ...fn.location, name: fn.name, outcome: 'converted' }),
  );
  const outcomes: Outcome[] = [...converted, ...conversion.bridges, ...bridgedOutcomes(conversion)];
  return {
    ...output,
    edits,
    created,
    deleted: conversion.deleted,
    outcomes,
    leftForYou: [
      ...conversion.remarks.map(({ location, rule, reason }) => ({
        ...location,
        codemod: 'express-to-hono',
        rule,
        reason,
      })),
      ...tests,
      ...(worker?.leftForYou ?? []),
    ],
    limits: worker?.limits ?? [],
    next: [
      'Install the dependencies of the new package.json before starting the application.',
      ...(typed ? ['package.json says "type": "commonjs" now: Deno needs it to load the sources.'] : []),
      ...(conversion.version === 4
        ? ['Errors thrown in async handlers now reach the error handler; Express 4 left the request hanging.']
        : []),
    ],
  };
}

/** The package.json that the application belongs to: in a workspace it is not the one at the root. */
async function nearestManifest(input: CodemodInput, path: string): Promise<string> {
  for (let folder = dirname(path); folder !== '.' && folder !== ''; folder = dirname(folder)) {
    const manifest = posix.join(folder, 'package.json');
    if ((await input.read(manifest)) !== null) return manifest;
  }
  return 'package.json';
}

/** The package's name as Workers allow it: lower case, digits and dashes. */
async function packageName(input: CodemodInput): Promise<string> {
  const text = await input.read('package.json');
  const { name } = JSON.parse(text?.replace(/^\uFEFF/, '') ?? '{}') as { name?: unknown };
  const plain = String(name ?? 'app')
    .toLowerCase()
    .replace(/^@[^/]*\//, '')
    .replace(/[^a-z0-9]+/g, '-');
  return plain.replace(/^-+|-+$/g, '') || 'app';
}

/** Packages some file still names, the parity module included. */
async function keptPackages(
  input: CodemodInput,
  conversion: Conversion,
  candidates: readonly string[],
  dependencies: Record<string, string>,
): Promise<Set<string>> {
  const kept = new Set(Object.keys(dependencies));
  const gone = new Set(conversion.deleted);
  for (const path of input.paths) {
    if ((!SOURCE_FILE.test(path) && !conversion.files.has(path)) || gone.has(path)) continue;
    const work = conversion.files.get(path);
    const text = work ? work.draft.render({ start: 0, end: work.file.text.length }) : await input.read(path);
    for (const name of candidates) {
      const own = name.replace(/^@types\//, '');
      if (text !== null && new RegExp(`['"\`]${own}(?:/[^'"\`]*)?['"\`]`).test(text)) kept.add(name);
    }
  }
  return kept;
}
