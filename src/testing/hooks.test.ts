import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from '@babel/parser';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const HOOKS = new Set(['beforeAll', 'beforeEach', 'afterAll', 'afterEach']);
/** Vitest runs it before each test file. */
const SETUP = 'src/testing/after-each.ts';

/** Lines on which a module registers a hook as it loads. */
function hooksOf(text: string): number[] {
  const { program } = parse(text, { sourceType: 'module', plugins: ['typescript'] });
  return program.body.flatMap((statement) =>
    statement.type === 'ExpressionStatement' &&
    statement.expression.type === 'CallExpression' &&
    statement.expression.callee.type === 'Identifier' &&
    HOOKS.has(statement.expression.callee.name)
      ? [statement.loc?.start.line ?? 0]
      : [],
  );
}

describe('what test files share', () => {
  it('registers no hook as it loads: test files of a process share modules, so only the first would have it', () => {
    const shared = ['src', 'codemods', 'bench'].flatMap((top) =>
      readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
        .map((path) => `${top}/${path}`)
        .filter((path) => /(__fixtures__|testing)\/[^/]+\.ts$/.test(path) && !/\.test\.ts$/.test(path)),
    );
    expect(shared.length).toBeGreaterThan(5);
    const found = shared
      .filter((path) => path !== SETUP)
      .flatMap((path) => hooksOf(readFileSync(join(root, path), 'utf8')).map((line) => `${path}:${line}`));
    expect(found).toEqual([]);
  });

  it('is found where it does', () => {
    expect(hooksOf("import { afterEach } from 'vitest';\nafterEach(() => {});\n")).toEqual([2]);
    expect(hooksOf('export function forEach() {\n  afterEach(() => {});\n}\n')).toEqual([]);
  });
});
