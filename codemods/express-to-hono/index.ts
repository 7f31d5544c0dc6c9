import { dirname, extname, posix } from 'node:path';
import type { Codemod, CodemodInput, CodemodOutput, SpanEdit } from '../../src/codemod/contract.ts';
import type { LeftForYou, Outcome } from '../../src/model/changeset.ts';
import { analyzeExpress } from '../../src/workspace/express/analyze.ts';
import { type Conversion, createConversion } from './conversion.ts';
import { convertUnits, prepare } from './decide.ts';
import { convertAppCalls, convertCreations, readSettings } from './entry.ts';
import { editManifest } from './manifest.ts';
import { refusals } from './outcomes.ts';
import { assembleParity } from './parity.ts';
import { convertRegistrations } from './routing.ts';
import { convertTests } from './tests.ts';
import { convertTypes, dropUnusedAliases, writeEnv } from './types.ts';
import { addImports, importsOf, removeImports } from './write-imports.ts';

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
  const program = await analyzeExpress({ root: input.root, paths: input.paths, read: input.read });
  for (const { path, reason } of program.failed) (output.failed as Map<string, string>).set(path, reason);
  if (!program.routers.some(({ kind }) => kind === 'app')) return output;
  const conversion = createConversion(program, {
    parity: input.options.parity === 'idiomatic' ? 'idiomatic' : 'wire',
    target: targetOf(input.options.target),
  });
  if (conversion.options.parity === 'idiomatic') return refusedOption(program, output);
  prepare(conversion);
  readSettings(conversion);
  convertUnits(conversion);
  convertCreations(conversion);
  convertRegistrations(conversion);
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
  if (conversion.problems.length > 0 || program.failed.length > 0) {
    return refusals(conversion, output);
  }
  return finish(input, conversion, output, places);
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
  const parity = assembleParity({
    names: [...conversion.parity].sort(),
    format: appFile?.typescript || appFile?.module === 'esm' ? 'esm' : 'cjs',
    typescript: appFile?.typescript ?? false,
    expressVersion: conversion.version,
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
  for (const work of conversion.files.values()) {
    addImports(conversion, work, places);
    const own = work.draft.edits();
    if (own.length > 0) edits.set(work.file.path, own);
  }
  for (const [path, text] of conversion.created) created.set(path, text);
  const kept = keptPackages(conversion, parity.dependencies);
  const manifest = await editManifest(input, 'package.json', {
    unused: [
      'express',
      '@types/express',
      'body-parser',
      '@types/body-parser',
      'cookie-parser',
      '@types/cookie-parser',
    ].filter((name) => !kept.has(name)),
    dependencies: parity.dependencies,
    devDependencies: parity.devDependencies,
    server: [...conversion.files.values()].some(({ wanted }) => wanted.has('@hono/node-server')),
    commonjs: conversion.program.files.every((file) => file.module === 'cjs' && !file.typescript),
  });
  if (manifest !== null) edits.set('package.json', [manifest]);
  const outcomes: Outcome[] = [...conversion.units.values()].map(({ fn }) => ({
    ...fn.location,
    name: fn.name,
    outcome: 'converted',
  }));
  return {
    ...output,
    edits,
    created,
    deleted: conversion.deleted,
    outcomes,
    leftForYou: tests,
    next: [
      'Install the dependencies of the new package.json before starting the application.',
      ...(conversion.version === 4
        ? ['Errors thrown in async handlers now reach the error handler; Express 4 left the request hanging.']
        : []),
    ],
  };
}

/** Packages some file still imports, the parity module included. */
function keptPackages(conversion: Conversion, dependencies: Record<string, string>): Set<string> {
  const kept = new Set(Object.keys(dependencies));
  for (const work of conversion.files.values()) {
    for (const { module, statement } of importsOf(work)) if (work.draft.keeps(statement)) kept.add(module);
  }
  return kept;
}
