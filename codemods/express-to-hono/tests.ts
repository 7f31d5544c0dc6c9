import { dirname, posix } from 'node:path';
import type { CodemodInput } from '../../src/codemod/contract.ts';
import type { LeftForYou } from '../../src/model/changeset.ts';
import { isTestFile } from '../../src/workspace/express/analyze.ts';
import { argumentsOf, calleeOf, child, isIdentifier } from '../../src/workspace/syntax/nodes.ts';
import { parseFile, SOURCE_FILE, type SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { findAll } from '../../src/workspace/syntax/walk.ts';
import { type Conversion, type FileWork, replace, spanOf } from './conversion.ts';
import { importName } from './imports.ts';
import { importsOf } from './imports-of.ts';

/**
 * supertest takes a function or a server: `request(app)` becomes `request(createAdaptorServer(app))` in the project's
 * own tests, and `app.listen(…)` is reported.
 */
export async function convertTests(input: CodemodInput, conversion: Conversion): Promise<LeftForYou[]> {
  const left: LeftForYou[] = [];
  const apps = new Set(
    conversion.program.routers.filter(({ kind }) => kind === 'app').map(({ file }) => file.path),
  );
  for (const path of input.paths) {
    if (!isTestFile(path) || !SOURCE_FILE.test(path)) continue;
    const text = await input.read(path);
    if (text === null || !/supertest|listen/.test(text)) continue;
    try {
      const work = conversion.workOf(parseFile(path, text));
      convertTest(conversion, work, apps, left);
    } catch {
      left.push({
        file: path,
        line: 1,
        column: 1,
        codemod: 'express-to-hono',
        rule: 'tests',
        reason: 'this test does not parse',
      });
    }
  }
  return left;
}

function convertTest(
  conversion: Conversion,
  work: FileWork,
  apps: ReadonlySet<string>,
  left: LeftForYou[],
): void {
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
  void left;
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
  if (!module.startsWith('.')) return null;
  const path = posix.join(dirname(work.file.path), module);
  const candidates = [
    path,
    ...['.js', '.ts', '.cjs', '.mjs', '/index.js', '/index.ts'].map((end) => path + end),
    path.replace(/\.js$/, '.ts'),
  ];
  return candidates.find((candidate) => apps.has(candidate)) ?? null;
}
