import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ChangeSet, FileChange } from '../../model/changeset.ts';
import { openRepository } from '../../workspace/repository.ts';
import { emptyChangeSet } from '../runner.ts';
import { checkTypes } from './index.ts';

const OLD = 'export const port: number = 3000;\nconst wrong: string = 1;\nexport { wrong };\n';
const CONFIG = '{ "compilerOptions": { "strict": true, "lib": ["ES2020"], "types": [], "noEmit": true } }\n';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'migrate-typecheck-'));
  writeFileSync(join(root, 'package.json'), '{ "name": "shop" }\n');
  writeFileSync(join(root, 'app.ts'), OLD);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function install(): void {
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(resolve('node_modules/typescript'), join(root, 'node_modules/typescript'), 'junction');
  writeFileSync(join(root, 'tsconfig.json'), CONFIG);
}

async function check(newText: string, path = 'app.ts') {
  const oldText = path === 'app.ts' ? OLD : null;
  const file: FileChange = { path, status: 'changed', oldText, newText, edits: [] };
  const changeSet: ChangeSet = { ...emptyChangeSet('x', {}, 1), files: [file] };
  const repository = await openRepository(root);
  return checkTypes(repository, changeSet, { signal: new AbortController().signal, progress: () => {} });
}

it('says which errors a change brings, and writes nothing in the repository', async () => {
  install();
  const before = readdirSync(root);
  const text = "const all = 'a'.replaceAll('a', 'b');\n";
  expect(await check(`${text}${OLD}export { all };\n`)).toEqual({
    checked: true,
    config: 'tsconfig.json',
    errors: [
      { file: 'app.ts', line: 1, column: 17, code: 'TS2550', message: expect.stringContaining('replaceAll') },
    ],
  });
  expect(readdirSync(root)).toEqual(before);
});

it('an error that was there before is not new, wherever its line is now', async () => {
  install();
  expect(await check(`// a line more\n${OLD}`)).toMatchObject({ checked: true, errors: [] });
});

it('says why it was not run', async () => {
  expect(await check(`${OLD}\n`)).toMatchObject({
    checked: false,
    reason: 'there is no tsconfig.json above what changes',
  });
  writeFileSync(join(root, 'tsconfig.json'), CONFIG);
  expect(await check(`${OLD}\n`)).toMatchObject({
    checked: false,
    reason: 'typescript is not installed here',
  });
});

it('is not asked where no TypeScript changes', async () => {
  expect(await check('x();\n', 'app.js')).toBeNull();
});
