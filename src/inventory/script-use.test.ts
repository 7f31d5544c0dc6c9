import { describe, expect, it } from 'vitest';
import { project } from '../testing/project.ts';
import { collectInventory } from './index.ts';

/** What a script uses that starts one file: packages and builtins with their lines, and where it listens. */
async function used(text: string): Promise<string[]> {
  const root = project({
    'package.json': JSON.stringify({
      name: 'a',
      scripts: { start: 'tsx start.ts' },
      dependencies: { pg: '8' },
    }),
    'start.ts': text,
  });
  const { scriptUses } = await collectInventory(root);
  return scriptUses.flatMap(({ packages, builtins, listens }) => [
    ...packages.map(({ name, location }) => `${name} ${location?.line}`),
    ...builtins.map(({ module, location }) => `${module} ${location?.line}`),
    ...(listens ? [`listens ${listens.line}`] : []),
  ]);
}

describe('what a script uses is found where it stands', () => {
  it.each<[string, string, string[]]>([
    ['an import', "\nimport pg from 'pg';\nexport const a = () => pg;\n", ['pg 2']],
    ['one that is handed on', "export * from 'pg';\n", ['pg 1']],
    ['an import of types', "import type { Pool } from 'pg';\nexport const a = (b: Pool) => b;\n", []],
    ['an import in a module of types', "declare module 'x' {\n  import { Pool } from 'pg';\n}\n", []],
    [
      'the same beside what loads something',
      "import 'node:fs';\ndeclare module 'x' {\n  import { Pool } from 'pg';\n}\nrequire('./a');\n",
      ['fs 1'],
    ],
    ['a call in a function', "export const a = () => {\n  return require('pg');\n};\n", ['pg 2']],
    ['a call by a name with an escape', "export const a = () => req\\u0075ire('pg');\n", ['pg 1']],
    ['an import that runs later', "export const a = async () => import(\n  'pg'\n);\n", ['pg 1']],
    ['one with a comment in it', "export const a = () => import/* later */('pg');\n", ['pg 1']],
    ['a builtin', "import fs from 'node:fs';\nfs.readFileSync('a');\n", ['fs 2']],
    ['a server', 'export const a = (b: any) => {\n  b.listen(1);\n};\n', ['listens 2']],
    ['a server by a name in quotes', "export const a = (b: any) => b['listen'](1);\n", ['listens 1']],
    ['what a text and a comment say', "// require('pg')\nexport const a = \"import('pg')\";\n", []],
  ])('%s', async (_, text, expected) => {
    expect(await used(text)).toEqual(expected);
  });
});
