import { posix } from 'node:path';
import semver from 'semver';
import type { CodemodInput, CodemodOutput, SpanEdit } from '../../../src/codemod/contract.ts';
import type { Outcome } from '../../../src/model/changeset.ts';
import type { Modules } from '../../../src/workspace/syntax/modules.ts';
import { keepComments } from '../../shared/edit/kept-comments.ts';
import { relativeSpecifier } from '../../shared/edit/specifiers.ts';
import type { FileWork } from '../../shared/edit/work.ts';
import { oldJest } from '../../shared/to-hono/old-jest.ts';
import { oldTypes } from '../../shared/to-hono/old-types.ts';
import { packageRelease } from '../../shared/to-hono/package-release.ts';
import { addImports } from '../application/imports.ts';
import { editManifest } from '../application/manifest.ts';
import { exportOf, workerFiles } from '../application/worker.ts';
import { leftOut } from '../left-out.ts';
import type { Prepared } from '../prepare.ts';
import type { Conversion } from '../state.ts';
import { type Needs, supportFiles, supportPackages } from '../support/files.ts';

/** The files of a conversion, with the support files, package.json, and what is said of it. */
export async function outputOf(
  input: CodemodInput,
  modules: Modules,
  prepared: Prepared,
  conversion: Conversion,
  said: { outcomes: Outcome[]; notes: Iterable<string>; leftForYou?: CodemodOutput['leftForYou'] },
): Promise<CodemodOutput> {
  const { creations, main, manifest, target, program } = prepared;
  const typescript = creations.some(({ file }) => file.typescript);
  const folder = folderFor(modules, main);
  for (const work of conversion.files.values()) addImports(conversion, work, folder, typescript);
  const needs = await needsOf(input, prepared, conversion);
  const first = creations[0]?.file;
  const commonjs = first?.module === 'cjs' && !typescript;
  const work = first === undefined ? null : conversion.workOf(first);
  const extension = extensionOf(conversion, typescript, commonjs, work);
  const created = new Map<string, string>();
  for (const [name, text] of supportFiles(needs, { typescript, esm: !commonjs, extension }))
    created.set(`${folder}/${name}${typescript ? '.ts' : '.js'}`, text);
  const exported = creations[0] === undefined ? null : exportOf(program.flow, creations[0]);
  if (target === 'workers' && exported !== null)
    for (const [path, text] of workerFiles(main, exported, nameIn(conversion.manifest)))
      created.set(path, text);
  const { edits, leftForYou } = editsOf(conversion);
  const dependencies = { ...supportPackages(needs), ...packagesNeeded(conversion) };
  const unused = conversion.beside ? [] : ['fastify', ...replaced(conversion)];
  const edit = await editManifest(input, manifest.path, { unused, dependencies, commonjs });
  if (edit !== null) edits.set(manifest.path, [edit]);
  if (typescript) leftForYou.push(...(await oldTypes(input, manifest.path, 'fastify-to-hono')));
  leftForYou.push(...(await oldJest(input, manifest.path, 'fastify-to-hono')));
  return {
    ...{ edits, created, deleted: [], skipped: new Map(), failed: failures(modules) },
    outcomes: said.outcomes,
    ...{ leftForYou: [...leftForYou, ...(said.leftForYou ?? [])], limits: [], notes: [...said.notes] },
    leftOut: leftOut(creations.map(({ file, node }) => file.locate(node.start))),
    next: [`Install what ${manifest.path} asks for now, then compare: migrate shadow run.`],
  };
}

async function needsOf(
  input: CodemodInput,
  { main, facts, target }: Prepared,
  conversion: Conversion,
): Promise<Needs> {
  const exact = await packageRelease(input, main, 'fastify');
  const { support, beside } = conversion;
  return {
    isEarly: exact !== null && semver.lt(exact, '5.5.0'),
    namesTypes: exact === null ? facts.release === 4 : semver.lt(exact, '5.8.0'),
    findsNone: exact === null ? facts.release === 4 : semver.lt(exact, '5.9.0'),
    validates: validatesAs(exact ?? (facts.release === 4 ? '4.0.0' : '5.99.0')),
    ...{ release: facts.release, target, beside },
    log: support.has('log'),
    schemas: support.has('schemas'),
    inject: support.has('inject'),
    packages: packageFiles(conversion),
  };
}

const validatesAs = (release: string): Needs['validates'] =>
  semver.lt(release, '5.6.2') ? 'first' : semver.lt(release, '5.12.1') ? 'early' : 'now';

function editsOf(conversion: Conversion): {
  edits: Map<string, SpanEdit[]>;
  leftForYou: CodemodOutput['leftForYou'][number][];
} {
  const edits = new Map<string, SpanEdit[]>();
  const leftForYou: CodemodOutput['leftForYou'][number][] = [];
  for (const [path, { file, layout, draft }] of conversion.files) {
    const { edits: own, gone } = keepComments(file, layout, draft.edits());
    if (own.length > 0) edits.set(path, own);
    for (const { start } of gone)
      leftForYou.push({
        ...file.locate(start),
        ...{ codemod: 'fastify-to-hono', rule: 'comment' },
        reason: 'this comment went with the code that it stood in',
      });
  }
  return { edits, leftForYou };
}

/** The package's name as Workers allow it. */
const nameIn = (manifest: string): string => {
  const { name } = JSON.parse(manifest.replace(/^\uFEFF/, '')) as { name?: unknown };
  const plain = String(name ?? 'app')
    .toLowerCase()
    .replace(/^@[^/]*\//, '')
    .replace(/[^a-z0-9]+/g, '-');
  return plain.replace(/^-+|-+$/g, '') || 'app';
};

/** Files of packages and of members that need one. */
function packageFiles({ support }: Conversion): string[] {
  const own = new Set(['log', 'schemas', 'inject']);
  return [...support].filter((name) => !own.has(name));
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

export const failures = ({ failed }: Modules): Map<string, string> =>
  new Map(failed.map(({ path, reason }) => [path, reason]));

const packagesNeeded = ({ packages }: Conversion): Record<string, string> =>
  Object.assign({}, ...[...packages].map(({ dependencies = {} }) => dependencies));

/** Packages that something stands for, under each of their names. */
const replaced = ({ packages }: Conversion): string[] =>
  [...packages]
    .filter(({ stays }) => stays !== true)
    .flatMap(({ name, formerly = [] }) => [name, ...formerly]);
