import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { assembleParity, parityNames } from './assemble.ts';
import { loadBlocks, nativeBlocks } from './loader.ts';

/** What is written where Hono's own router is enough is another text: all cannot be written at once. */
const NATIVE = nativeBlocks().filter((block) => !/^(mount|param|static)$/.test(block));

const namesOf = (expressVersion: 4 | 5) =>
  [...loadBlocks(expressVersion, NATIVE)].flatMap(([block, { declarations }]) =>
    NATIVE.includes(block)
      ? [...declarations.values()].flatMap(({ exported, typeOnly, name }) =>
          exported && !typeOnly ? name : [],
        )
      : [],
  );

/** All that can be written for a release of Express: as Express did it, or as Hono has it. */
const written = (expressVersion: 4 | 5, native: readonly string[], whole = false) =>
  assembleParity({
    whole,
    names: native.length === 0 ? parityNames(expressVersion) : namesOf(expressVersion),
    format: 'esm',
    typescript: true,
    expressVersion,
    release: null,
    native,
  }).text;

it.each([
  [4, []],
  [5, []],
  [4, NATIVE],
  [5, NATIVE],
] as const)(
  'the TypeScript written for Express %i has no generic typed array: TypeScript before 5.7 knows none',
  (expressVersion, native) => {
    const text = written(expressVersion, native);
    expect(text).toContain('Uint8Array');
    expect(text.match(/\b(\w+Array|Buffer|DataView)<ArrayBuffer\w*>/g)).toBeNull();
  },
);

// TypeScript 7 has the iteration in `dom` itself, where older ones have `dom.iterable`: it cannot be asked.
it.each([4, 5] as const)(
  'the TypeScript written for Express %i iterates over no headers: a project with `dom` alone cannot',
  (expressVersion) => {
    for (const native of [[], NATIVE])
      expect(
        written(expressVersion, native).match(/\bof (\w+\.)*headers\b|\bheaders\.(keys|values|entries)\(/g),
      ).toBeNull();
  },
);

it.each([4, 5] as const)(
  'the TypeScript written for Express %i asks for nothing of ES2022',
  (expressVersion) => {
    for (const native of [[], NATIVE]) expect(written(expressVersion, native).match(/\.at\(/g)).toBeNull();
  },
);

/** What `tsc` says of the text, as the only file of a project. */
async function compile(text: string, type: 'module' | 'commonjs', more: object): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'migrate-parity-'));
  try {
    await symlink(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
    await writeFile(join(folder, 'package.json'), JSON.stringify({ type }));
    await writeFile(join(folder, 'parity.ts'), text);
    const compilerOptions = {
      ...{ strict: true, noEmit: true, skipLibCheck: true, target: 'es2022', lib: ['es2018'] },
      ...{ types: ['node'], ...more },
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['parity.ts'] }));
    const tsc = resolve('node_modules/typescript/bin/tsc');
    const ran = await execa(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], { reject: false });
    return ran.exitCode === 0 ? ran.stdout : ran.stdout || String(ran.exitCode);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

it.each([
  ['as Express did it', []],
  ['as Hono has it', NATIVE],
])(
  'the TypeScript written, %s, asks for no DOM and no later library than that of ES2018',
  async (_, native) => {
    const options = { esModuleInterop: true, module: 'nodenext', exactOptionalPropertyTypes: true };
    expect(await compile(written(4, native), 'module', options)).toBe('');
  },
);

it('is written for a compiler that makes no default imports, where the application imports Express so', async () => {
  const text = written(4, [], true);
  expect(text).toContain("import bytes = require('bytes');");
  expect(text).not.toMatch(/^import \w+ from|^import \w+, /m);
  expect(await compile(text, 'commonjs', { module: 'nodenext' })).toBe('');
});
