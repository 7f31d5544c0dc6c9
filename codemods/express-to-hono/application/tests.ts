import { dirname, posix } from 'node:path';
import type { CodemodInput } from '../../../src/codemod/contract.ts';
import type { LeftForYou } from '../../../src/model/changeset.ts';
import { MigrateError } from '../../../src/model/errors.ts';
import type { Location } from '../../../src/model/location.ts';
import { isTestFile } from '../../../src/workspace/express/analyze.ts';
import type { ExpressProgram } from '../../../src/workspace/express/program.ts';
import type { Modules } from '../../../src/workspace/syntax/modules.ts';
import { argumentsOf, calleeOf, child, isIdentifier } from '../../../src/workspace/syntax/nodes.ts';
import { parseFile, SOURCE_FILE, type SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { importsOf } from '../../shared/edit/imports-of.ts';
import { importName } from '../edit/imports.ts';
import { type Conversion, type FileWork, replace, spanOf } from '../state/conversion.ts';

/** Files with an application that a test reaches, through any number of imports. */
export function testedApps(modules: Modules, program: ExpressProgram): Set<string> {
  const apps = new Set(program.routers.filter(({ kind }) => kind === 'app').map(({ file }) => file.path));
  const tests = modules.paths.filter(isTestFile);
  const seen = new Set(tests);
  for (const path of seen) for (const imported of modules.importsOf(path)) seen.add(imported);
  for (const path of tests) {
    for (const [, module] of (modules.text(path) ?? '').matchAll(/['"]([@~#][\w-]*\/[^'"\n]+)['"]/g)) {
      const app = byAlias(module ?? '', apps);
      if (app !== null) seen.add(app);
    }
  }
  return new Set([...apps].filter((path) => seen.has(path)));
}

/**
 * Tests stay as they are where the application can be a listener of Node's server. A Worker's cannot: there
 * `request(app)` becomes `request(createAdaptorServer(app))`.
 */
export async function convertTests(input: CodemodInput, conversion: Conversion): Promise<LeftForYou[]> {
  const left: LeftForYou[] = [];
  const apps = new Set(
    conversion.program.routers.filter(({ kind }) => kind === 'app').map(({ file }) => file.path),
  );
  for (const path of input.paths) {
    if (!isTestFile(path) || !SOURCE_FILE.test(path)) continue;
    const text = await input.read(path);
    if (text === null) continue;
    const own = /(?:require\(\s*|from\s+)['"]express['"]/.exec(text);
    // Express's application is a listener still, with Hono beside it.
    const isListener = conversion.options.target !== 'workers' || conversion.worlds !== null;
    const edited = !isListener && /supertest|listen/.test(text);
    if (own === null && !edited) continue;
    const note = (at: Location, reason: string) =>
      left.push({ ...at, codemod: 'express-to-hono', rule: 'tests', reason });
    try {
      const file = parseFile(path, text);
      if (own !== null && conversion.originals?.tests.has(path) !== true)
        note(file.locate(own.index), OWN_EXPRESS);
      if (edited) convertTest(conversion, conversion.workOf(file), apps);
    } catch (error) {
      if (!(error instanceof MigrateError)) throw error;
      note({ file: path, line: 1, column: 1 }, 'this test does not parse');
    }
  }
  return left;
}

const OWN_EXPRESS =
  'this test uses Express itself: what it mounts there is converted now, and takes a Hono application instead';

function convertTest(conversion: Conversion, work: FileWork, apps: ReadonlySet<string>): void {
  const imports = importsOf(work);
  const agents = new Set(
    imports.filter(({ module }) => module === 'supertest').flatMap(({ bindings }) => bindings),
  );
  const own = new Set(
    imports
      .filter(({ module }) => apps.has(targetOf(work, module, apps) ?? ''))
      .flatMap(({ bindings }) => bindings),
  );
  for (const call of findAll(work.file.program, 'CallExpression')) {
    const callee = calleeOf(call);
    const root = callee?.type === 'MemberExpression' ? child(callee, 'object') : callee;
    const [app] = argumentsOf(call);
    if (
      isIdentifier(root) &&
      agents.has(bindingOf(work, root)) &&
      app !== undefined &&
      isApp(work, app, own)
    ) {
      const create = importName(conversion, work, '@hono/node-server', 'createAdaptorServer');
      replace(conversion, work, app, [`${create}(`, spanOf(app), ')'], 'tests/supertest');
    }
    if (
      callee?.type === 'MemberExpression' &&
      isIdentifier(child(callee, 'property'), 'listen') &&
      root &&
      isApp(work, root, own)
    ) {
      const serve = importName(conversion, work, '@hono/node-server', 'createAdaptorServer');
      const type = work.file.typescript
        ? importName(conversion, work, 'node:http', 'Server', { type: true })
        : null;
      const parts =
        type === null ? [`${serve}(`, spanOf(root), ')'] : [`(${serve}(`, spanOf(root), `) as ${type})`];
      replace(conversion, work, root, parts, 'tests/listen');
    }
  }
}

const bindingOf = (work: FileWork, node: SyntaxNode) => work.bindings.bindingOf(node) as never;

/** `app`, or a call of a factory that the app's file exports. */
function isApp(work: FileWork, node: SyntaxNode, own: ReadonlySet<unknown>): boolean {
  const root = node.type === 'CallExpression' ? calleeOf(node) : node;
  if (!isIdentifier(root)) return false;
  const binding = work.bindings.bindingOf(root);
  if (binding !== null && own.has(binding)) return true;
  const init = binding?.declaration.type === 'VariableDeclarator' ? child(binding.declaration, 'init') : null;
  return init !== null && init.type === 'CallExpression' && isApp(work, init, own);
}

function targetOf(work: FileWork, module: string, apps: ReadonlySet<string>): string | null {
  if (!module.startsWith('.')) return byAlias(module, apps);
  const path = posix.join(dirname(work.file.path), module);
  const candidates = [
    path,
    ...['.js', '.ts', '.cjs', '.mjs', '/index.js', '/index.ts'].map((end) => path + end),
    path.replace(/\.js$/, '.ts'),
  ];
  return candidates.find((candidate) => apps.has(candidate)) ?? null;
}

/** `@/app`, by an alias that may be set in the test runner's configuration alone: told by how its path ends. */
function byAlias(module: string, apps: ReadonlySet<string>): string | null {
  const bare = (path: string) => path.replace(/\.[cm]?[jt]s$/, '');
  const tail = /^[@~#][\w-]*\/(.+)$/.exec(module)?.[1];
  if (tail === undefined) return null;
  return [...apps].find((path) => `/${bare(path)}`.endsWith(`/${bare(tail)}`)) ?? null;
}
