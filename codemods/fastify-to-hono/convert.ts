import { posix } from 'node:path';
import semver from 'semver';
import type { CodemodInput, CodemodOutput, SpanEdit } from '../../src/codemod/contract.ts';
import { at } from '../../src/model/at.ts';
import type { Modules } from '../../src/workspace/syntax/modules.ts';
import { propertyKeyName } from '../../src/workspace/syntax/nodes.ts';
import { findAll } from '../../src/workspace/syntax/walk.ts';
import { keepComments } from '../shared/edit/kept-comments.ts';
import { nearestManifest } from '../shared/edit/manifest.ts';
import { relativeSpecifier } from '../shared/edit/specifiers.ts';
import { createEditing, type FileWork } from '../shared/edit/work.ts';
import { packageRelease } from '../shared/to-hono/package-release.ts';
import { convertCreation, creationsIn } from './application/creation.ts';
import { addImports, removeImports } from './application/imports.ts';
import { judgeInstances } from './application/instances.ts';
import { editManifest } from './application/manifest.ts';
import { convertRegister, readRegisters } from './application/registers.ts';
import { usesInject } from './application/tests.ts';
import { exportOf, workerFiles } from './application/worker.ts';
import { convertUnit } from './body/convert.ts';
import { leftOut } from './left-out.ts';
import { isRuled } from './packages/index.ts';
import { readFacts } from './read/facts.ts';
import type { Program } from './read/program.ts';
import { releaseIn } from './read/release.ts';
import { type Conversion, problem } from './state.ts';
import { type Needs, supportFiles, supportPackages } from './support/files.ts';
import { convertTypes } from './types/types.ts';

/** Converts an application as a whole, or says what keeps it as it is. */
export async function convert(
  input: CodemodInput,
  modules: Modules,
  program: Program,
): Promise<CodemodOutput> {
  const { flow, units, calls, roles } = program;
  const creations = creationsIn(flow);
  const first = creations[0]?.file.path ?? calls[0]?.file.path ?? '';
  const manifest = await nearestManifest(input, first);
  const text = (await input.read(manifest)) ?? '{}';
  const release = releaseIn(text);
  const target = String(input.options.target ?? 'node') as Conversion['target'];
  const facts = readFacts(program, release ?? 5);
  const conversion: Conversion = {
    ...createEditing(),
    ...{
      flow,
      target,
      facts,
      units,
      calls,
      problems: [],
      support: new Set(),
      packages: new Set(),
      manifest: text,
    },
  };
  const { problems, support } = conversion;
  if (release === null)
    problems.push({
      location: { file: manifest, line: 1, column: 1 },
      rule: 'release',
      reason: 'which release of Fastify it uses is not known, or older than 4',
    });
  if (creations.length === 0)
    problems.push({
      location: { file: first, line: 1, column: 1 },
      rule: 'application',
      reason: 'no file makes the application: the command of Fastify does',
    });
  for (const { what, reason, location } of program.notFollowed.filter(({ what }) => !isKnown(what)))
    problems.push({
      location: location ?? { file: first, line: 1, column: 1 },
      rule: 'not-followed',
      reason: `${what}: ${reason}`,
    });
  for (const { call, node, what } of roles.unknown)
    problem(conversion, call.file, node, 'handler', `a function that \`${call.member}\` is given: ${what}`);
  if (facts.hasSchemas) support.add('schemas');
  const exported = creations[0] === undefined ? null : exportOf(flow, creations[0]);
  if (target === 'workers' && exported === null)
    problems.push({
      location: { file: first, line: 1, column: 1 },
      rule: 'workers',
      reason: 'no module exports the application, and a Worker’s entry imports it',
    });
  if (facts.hasSchemas && target === 'workers')
    problems.push({
      location: { file: first, line: 1, column: 1 },
      rule: 'workers',
      reason: 'its schemas are compiled as it starts, which a Worker does not allow',
    });
  if (usesLog(program)) support.add('log');
  if (usesInject(modules, conversion)) support.add('inject');
  const notes = new Set<string>();
  const registers = readRegisters(conversion, program.scopes);
  for (const register of registers) convertRegister(conversion, register);
  for (const unit of units.values()) convertUnit(conversion, unit);
  judgeInstances(conversion);
  for (const { note } of conversion.packages) if (note !== undefined) notes.add(note);
  convertTypes(conversion, modules);
  for (const creation of creations) convertCreation(conversion, creation, notes);
  for (const work of conversion.files.values()) removeImports(conversion, work);
  if (problems.length > 0) return refused(conversion);

  const typescript = creations.some(({ file }) => file.typescript);
  const folder = folderFor(modules, first);
  for (const work of conversion.files.values()) addImports(conversion, work, folder, typescript);
  const exact = await packageRelease(input, first, 'fastify');
  const needs: Needs = {
    isEarly: exact !== null && semver.lt(exact, '5.5.0'),
    release: facts.release,
    target,
    log: support.has('log'),
    schemas: support.has('schemas'),
    inject: support.has('inject'),
    packages: packageFiles(conversion),
  };
  const main = creations[0]?.file;
  const commonjs = main?.module === 'cjs' && !typescript;
  const extension = extensionOf(
    conversion,
    typescript,
    commonjs,
    main === undefined ? null : conversion.workOf(main),
  );
  const created = new Map<string, string>();
  for (const [name, text] of supportFiles(needs, { typescript, commonjs, extension }))
    created.set(`${folder}/${name}${typescript ? '.ts' : '.js'}`, text);
  if (target === 'workers' && exported !== null)
    for (const [path, text] of workerFiles(first, exported, nameIn(conversion.manifest)))
      created.set(path, text);
  const edits = new Map<string, SpanEdit[]>();
  const leftForYou: CodemodOutput['leftForYou'][number][] = [];
  for (const [path, { file, layout, draft }] of conversion.files) {
    const { edits: own, gone } = keepComments(file, layout, draft.edits());
    if (own.length > 0) edits.set(path, own);
    for (const { start } of gone) {
      const location = file.locate(start);
      leftForYou.push({
        ...location,
        codemod: 'fastify-to-hono',
        rule: 'comment',
        reason: 'this comment went with the code that it stood in',
      });
    }
  }
  const dependencies = { ...supportPackages(needs), ...packagesNeeded(conversion) };
  const edit = await editManifest(input, manifest, {
    unused: ['fastify', ...replaced(conversion)],
    dependencies,
    commonjs,
  });
  if (edit !== null) edits.set(manifest, [edit]);
  return {
    ...{ edits, created, deleted: [], skipped: new Map(), failed: failures(modules) },
    outcomes: [...units.values()].map(({ location, name }) => ({
      ...location,
      name,
      outcome: 'converted' as const,
    })),
    ...{ leftForYou, limits: [], notes: [...notes] },
    leftOut: leftOut(creations.map(({ file, node }) => file.locate(node.start))),
    next: [`Install what ${manifest} asks for now, then compare: migrate shadow run.`],
  };
}

/** Whether routes that a package may add are those of one that something stands for. */
const isKnown = (what: string): boolean => {
  const [, module] = /^routes that (\S+) may add$/.exec(what) ?? [];
  return module !== undefined && isRuled(module);
};

/** The package's name as Workers allow it. */
const nameIn = (manifest: string): string => {
  const { name } = JSON.parse(manifest.replace(/^\uFEFF/, '')) as { name?: unknown };
  const plain = String(name ?? 'app')
    .toLowerCase()
    .replace(/^@[^/]*\//, '')
    .replace(/[^a-z0-9]+/g, '-');
  return plain.replace(/^-+|-+$/g, '') || 'app';
};

/** Whether any application is made with a log, or may be. */
const usesLog = ({ flow }: Program): boolean =>
  creationsIn(flow).some(({ node }) => {
    const [options] = (node.arguments as (typeof node)[] | undefined) ?? [];
    if (options === undefined) return false;
    if (options.type !== 'ObjectExpression') return true;
    return findAll(options, 'Property', 'SpreadElement').some(
      (each) => each.type === 'SpreadElement' || /^logger/.test(propertyKeyName(each) ?? ''),
    );
  });

/** Files of packages and of members that need one. */
function packageFiles({ support, target }: Conversion): string[] {
  const own = new Set(['log', 'schemas', 'inject']);
  return [...support]
    .filter((name) => !own.has(name))
    .map((name) => (name === 'client-ip' ? `client-ip-${target}` : name));
}

/** The folder of the support files: `http` beside the application, where nothing has that name. */
function folderFor({ paths }: Modules, main: string): string {
  const beside = posix.dirname(main);
  const place = (name: string) => (beside === '.' ? name : `${beside}/${name}`);
  const isFree = (name: string) => !paths.some((path) => path.startsWith(`${place(name)}/`));
  return place(['http', 'hono', 'http-parts'].find(isFree) ?? 'fastify-parts');
}

/** How support files name each other: as the application's own imports name them. */
function extensionOf(
  conversion: Conversion,
  typescript: boolean,
  commonjs: boolean,
  main: FileWork | null,
): string {
  if (!typescript) return commonjs ? '' : '.js';
  return main === null
    ? ''
    : posix.extname(relativeSpecifier(conversion, main, `${posix.dirname(main.file.path)}/x.ts`));
}

const failures = ({ failed }: Modules): Map<string, string> =>
  new Map(failed.map(({ path, reason }) => [path, reason]));

/** Nothing is edited: every reason is listed. */
function refused({ problems, units }: Conversion): CodemodOutput {
  const [first] = problems;
  const wall = first === undefined ? '' : `${first.reason} (${at(first.location)})`;
  const more = problems.length > 1 ? `, and ${problems.length - 1} more` : '';
  return {
    ...{ edits: new Map(), created: new Map(), deleted: [], skipped: new Map(), failed: new Map() },
    outcomes: [...units.values()].map(({ location, name }) => ({
      ...location,
      name,
      outcome: 'refused' as const,
      reason: wall + more,
    })),
    leftForYou: problems.map(({ location, rule, reason }) => ({
      ...location,
      codemod: 'fastify-to-hono',
      rule,
      reason,
      blocks: true as const,
    })),
    ...{ limits: [], next: [] },
  };
}

const packagesNeeded = ({ packages }: Conversion): Record<string, string> =>
  Object.assign({}, ...[...packages].map(({ dependencies = {} }) => dependencies));

/** Packages that something stands for, under each of their names. */
const replaced = ({ packages }: Conversion): string[] =>
  [...packages]
    .filter(({ stays }) => stays !== true)
    .flatMap(({ name, formerly = [] }) => [name, ...formerly]);
