import { posix } from 'node:path';
import type { CodemodInput, CodemodOutput, SpanEdit } from '../../src/codemod/contract.ts';
import { at } from '../../src/model/at.ts';
import type { LeftForYou, LeftOut, Outcome } from '../../src/model/changeset.ts';
import type { Modules } from '../../src/workspace/syntax/modules.ts';
import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { keepComments } from '../shared/edit/kept-comments.ts';
import { nearestManifest } from '../shared/edit/manifest.ts';
import { oldJest } from '../shared/to-hono/old-jest.ts';
import { oldLoader } from '../shared/to-hono/old-loader.ts';
import { oldTypes } from '../shared/to-hono/old-types.ts';
import { filesFor, printSupport, type SupportFile, supportFiles } from '../shared/to-hono/support-files.ts';
import { rewriteImports } from './application/imports.ts';
import { editManifests } from './application/manifest.ts';
import { kindOf, madeBy } from './facts/registrations.ts';
import { KNOWN_PACKAGES } from './packages/index.ts';
import { type Conversion, ID, type Problem } from './state/conversion.ts';
import { leftOutOf } from './state/left-out.ts';

const SOURCES = new URL('./parity-source/', import.meta.url);

/** What a conversion writes; `edits` and `created` are empty where it is refused. */
export interface Made {
  cv: Conversion;
  support: readonly SupportFile[];
  edits: Map<string, readonly SpanEdit[]>;
  created: Map<string, string>;
  outcomes: Outcome[];
  leftForYou: LeftForYou[];
  leftOut: readonly LeftOut[];
}

/** The edits of a conversion, or what keeps it from being made. */
export async function madeOf(
  input: CodemodInput,
  modules: Modules,
  cv: Conversion,
  whole: readonly Problem[] = [],
): Promise<Made> {
  if (cv.target === 'workers' && cv.worker === null && cv.problems.length === 0) {
    const reason = 'nothing that listens was found: a Worker is what its entry exports';
    cv.problems.push({ location: placeOf(cv), rule: 'entry/workers', reason, fn: null });
  }
  const leftForYou = cv.problems.map(
    ({ location, rule, reason }): LeftForYou => ({ ...location, codemod: ID, rule, reason, blocks: true }),
  );
  const made: Made = {
    ...{ cv, support: [], edits: new Map(), created: new Map(), leftForYou, leftOut: leftOutOf(cv) },
    outcomes: outcomesOf(cv),
  };
  if (leftForYou.length > 0) return { ...made, leftOut: [] };
  for (const { location, reason } of whole)
    leftForYou.push({
      ...location,
      codemod: ID,
      rule: 'worlds/stays',
      reason: `Koa stays, beside Hono: ${reason}`,
    });
  const works = [...cv.editing.files.values()];
  const style = styleOf(cv);
  const support = filesFor(supportFiles(SOURCES, serverOf(cv)), cv.support);
  const folder = supportFolder(cv, modules);
  const extension = style.typescript ? '.ts' : style.esm && style.isMjs ? '.mjs' : '.js';
  const pathOf = (file: SupportFile) => posix.join(folder, `${file.name}${extension}`);
  const fileWith = (name: string) => pathOf(support.find(({ exports }) => exports.has(name)) as SupportFile);
  for (const work of works) {
    rewriteImports(cv, work, GONE, fileWith);
    const own = work.draft.edits();
    if (own.length === 0) continue;
    const { edits, gone } = keepComments(work.file, work.layout, own);
    const reason = 'a comment went with the code it stood in';
    for (const { start } of gone)
      made.leftForYou.push({ ...work.file.locate(start), codemod: ID, rule: 'comments', reason });
    made.edits.set(work.file.path, edits);
  }
  for (const file of support)
    made.created.set(
      pathOf(file),
      printSupport(file, { ...style, extension: style.typescript ? '' : extension }),
    );
  if (cv.worker !== null && !(await hasWrangler(input)))
    made.created.set('wrangler.jsonc', wrangler(cv.worker));
  return { ...made, support };
}

/** Whose own files stand for those of the same name: those of Koa, which stays, or of the runtime's own server. */
const serverOf = (cv: Conversion): string => (cv.beside ? 'koa' : ownServer(cv) ? cv.target : 'node');

function outcomesOf({ functions, problems, beside }: Conversion): Outcome[] {
  const refused = problems.length > 0;
  return [...functions.values()].map(({ file, node, name, kept }) => ({
    ...file.locate(node.start),
    ...{ name, outcome: refused ? 'refused' : kept === null ? 'converted' : beside ? 'kept' : 'bridged' },
    ...(refused ? { reason: wallOf(problems, node) } : kept !== null && { reason: kept }),
  }));
}

/** What keeps an application as it is: what is against a function itself, else the first wall, with its place. */
function wallOf(problems: readonly Problem[], node: SyntaxNode): string {
  const own = problems.find(({ fn }) => fn === node);
  const [first] = problems;
  return own?.reason ?? (first === undefined ? '' : `${first.reason} (${at(first.location)})`);
}

/** All that was made of a repository, with its manifests. */
export async function outputOf(
  input: CodemodInput,
  all: readonly Made[],
  none: CodemodOutput,
): Promise<CodemodOutput> {
  const edits = new Map(all.flatMap((each) => [...each.edits]));
  const converted = all.filter((each) => each.cv.problems.length === 0);
  for (const [path, edit] of await editManifests(input, converted, edits)) edits.set(path, [edit]);
  const old: LeftForYou[] = [];
  for (const [path, typescript] of await projectsOf(input, converted))
    old.push(
      ...(typescript ? await oldTypes(input, path, ID) : []),
      ...(await oldJest(input, path, ID)),
      ...(await oldLoader(input, path, ID)),
    );
  const next = 'Install the dependencies that package.json names now, then run the tests.';
  return {
    ...none,
    edits,
    created: new Map(all.flatMap((each) => [...each.created])),
    outcomes: all.flatMap((each) => each.outcomes),
    leftForYou: [...all.flatMap((each) => each.leftForYou), ...old],
    leftOut: joined(all.flatMap((each) => each.leftOut)),
    next: converted.length > 0 ? [next] : [],
  };
}

/** Each package.json of what was converted, and whether it is TypeScript's. */
async function projectsOf(input: CodemodInput, converted: readonly Made[]): Promise<Map<string, boolean>> {
  const found = new Map<string, boolean>();
  for (const { cv } of converted)
    for (const { file } of cv.editing.files.values()) {
      const path = await nearestManifest(input, file.path);
      found.set(path, file.typescript || found.get(path) === true);
    }
  return found;
}

/** One entry for a behaviour, with all its places. */
const joined = (all: readonly LeftOut[]): LeftOut[] =>
  [...new Set(all.map(({ behaviour }) => behaviour))].flatMap((behaviour) => {
    const own = all.filter((each) => each.behaviour === behaviour);
    const [first] = own;
    return first === undefined ? [] : [{ ...first, places: own.flatMap(({ places }) => places) }];
  });

/** Packages that go with Koa. */
export const GONE: ReadonlySet<string> = new Set([
  ...['koa', '@koa/router', 'koa-router', 'koa-compose', 'koa-convert', 'http'],
  ...KNOWN_PACKAGES,
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

/** Whether the runtime's own server tells who the client is. */
const ownServer = ({ target, listens }: Conversion): boolean => target === 'workers' || listens !== null;

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
