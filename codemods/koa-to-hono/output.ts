import { posix } from 'node:path';
import type { CodemodInput, CodemodOutput, SpanEdit } from '../../src/codemod/contract.ts';
import type { Outcome } from '../../src/model/changeset.ts';
import type { ServerRoute } from '../../src/workspace/server/model.ts';
import type { Modules } from '../../src/workspace/syntax/modules.ts';
import { keepComments } from '../shared/edit/kept-comments.ts';
import { filesFor, printSupport, type SupportFile, supportFiles } from '../shared/to-hono/support-files.ts';
import { rewriteImports } from './application/imports.ts';
import { editManifest } from './application/manifest.ts';
import { kindOf, madeBy } from './facts/registrations.ts';
import { type Conversion, ID } from './state/conversion.ts';
import { leftOutOf } from './state/left-out.ts';

const SOURCES = new URL('./parity-source/', import.meta.url);

/** The edits of a conversion, or what keeps it from being made. */
export async function outputOf(
  input: CodemodInput,
  modules: Modules,
  cv: Conversion,
  none: CodemodOutput,
  routes: readonly ServerRoute[],
): Promise<CodemodOutput> {
  const outcomes = (outcome: 'converted' | 'refused'): Outcome[] =>
    [...cv.functions.values()].map(({ file, node, name }) => ({ ...file.locate(node.start), name, outcome }));
  if (cv.problems.length > 0) {
    const leftForYou = cv.problems.map(({ location, rule, reason }) => ({
      ...location,
      codemod: ID,
      rule,
      reason,
      blocks: true as const,
    }));
    return { ...none, outcomes: outcomes('refused'), leftForYou };
  }
  const works = [...cv.editing.files.values()];
  const style = styleOf(cv);
  const support = filesFor(supportFiles(SOURCES), cv.support);
  const folder = supportFolder(cv, modules);
  const pathOf = (file: SupportFile) =>
    posix.join(folder, `${file.name}.${style.typescript ? 'ts' : style.esm && style.isMjs ? 'mjs' : 'js'}`);
  const fileWith = (name: string) => pathOf(support.find(({ exports }) => exports.has(name)) as SupportFile);
  for (const work of works) rewriteImports(cv, work, GONE, fileWith);
  const edits = new Map<string, SpanEdit[]>();
  const left = [...cv.left];
  for (const work of works) {
    const own = work.draft.edits();
    if (own.length === 0) continue;
    const { edits: kept, gone } = keepComments(work.file, work.layout, own);
    for (const comment of gone)
      left.push({
        ...work.file.locate(comment.start),
        codemod: ID,
        rule: 'comments',
        reason: 'a comment went with the code it stood in',
      });
    edits.set(work.file.path, kept);
  }
  const created = new Map(
    support.map((file) => [
      pathOf(file),
      printSupport(file, { ...style, extension: style.typescript ? '' : posix.extname(pathOf(file)) }),
    ]),
  );
  if (cv.target === 'workers') {
    if (cv.worker === null)
      return {
        ...none,
        outcomes: outcomes('refused'),
        leftForYou: [
          {
            ...placeOf(cv),
            codemod: ID,
            rule: 'entry/workers',
            reason: 'nothing that listens was found: a Worker is what its entry exports',
            blocks: true,
          },
        ],
      };
    if (
      !modules.packages.some(({ folder }) => folder !== '' && cv.worker?.startsWith(`${folder}/`)) &&
      !(await hasWrangler(input))
    )
      created.set('wrangler.jsonc', wrangler(cv.worker));
  }
  const manifest = await editManifest(input, cv, support, edits);
  for (const [path, edit] of manifest) edits.set(path, [edit]);
  void routes;
  return {
    ...none,
    edits,
    created,
    outcomes: outcomes('converted'),
    leftForYou: left,
    leftOut: leftOutOf(cv),
    next: ['Install the dependencies that package.json names now, then run the tests.'],
  };
}

/** Packages that go with Koa. */
export const GONE: ReadonlySet<string> = new Set([
  ...['koa', '@koa/router', 'koa-router', 'koa-bodyparser', '@koa/bodyparser', 'http'],
]);

function styleOf({ editing }: Conversion): { typescript: boolean; esm: boolean; isMjs: boolean } {
  const files = [...editing.files.values()].map(({ file }) => file);
  const typescript = files.some((file) => file.typescript);
  return {
    typescript,
    esm: typescript || files.some(({ moduleSyntax, module }) => moduleSyntax || module === 'esm'),
    isMjs: files.every(({ path }) => path.endsWith('.mjs')),
  };
}

/** `http` beside the application, or `hono-http` where there is such a folder. */
function supportFolder(cv: Conversion, modules: Modules): string {
  const [first] = cv.editing.files.values();
  let path = first?.file.path ?? '';
  for (const { file, node } of cv.flow.calls)
    if (
      cv.flow
        .valuesOf(node)
        .some((value) => kindOf(value) === 'application' && madeBy(value as never)?.node === node)
    )
      path = file.path;
  const folder = posix.join(posix.dirname(path), 'http');
  const isTaken = modules.paths.some(
    (each) => each.startsWith(`${folder}/`) || each.replace(/\.\w+$/, '') === folder,
  );
  return isTaken ? posix.join(posix.dirname(path), 'hono-http') : folder;
}

const placeOf = (cv: Conversion) => {
  const [first] = cv.editing.files.values();
  return { file: first?.file.path ?? '', line: 1, column: 1 };
};

const hasWrangler = async ({ read }: CodemodInput): Promise<boolean> => {
  for (const name of ['wrangler.json', 'wrangler.jsonc', 'wrangler.toml'])
    if ((await read(name)) !== null) return true;
  return false;
};

/** The first date with every Node module that bundled packages ask for. Source: workerd 2026-11-17, measured 2026-11-23. */
const COMPATIBILITY_DATE = '2026-08-04';

const wrangler = (main: string): string =>
  `${JSON.stringify({ name: 'app', main, compatibility_date: COMPATIBILITY_DATE, compatibility_flags: ['nodejs_compat'] }, null, 2)}\n`;
