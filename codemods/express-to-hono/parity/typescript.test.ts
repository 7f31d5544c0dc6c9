import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { assembleParity, parityNames } from './assemble.ts';

const written = (expressVersion: 4 | 5) =>
  assembleParity({
    names: parityNames(expressVersion),
    format: 'esm',
    typescript: true,
    expressVersion,
    release: null,
  }).text;

it.each([4, 5] as const)(
  'the TypeScript written for Express %i has no generic typed array: TypeScript before 5.7 knows none',
  (expressVersion) => {
    const text = written(expressVersion);
    expect(text).toContain('Uint8Array');
    expect(text.match(/\b(\w+Array|Buffer|DataView)<ArrayBuffer\w*>/g)).toBeNull();
  },
);

it('the TypeScript written asks for no DOM and no later library than that of ES2018', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'migrate-parity-'));
  try {
    await symlink(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(join(folder, 'parity.ts'), written(4));
    const compilerOptions = {
      ...{ strict: true, noEmit: true, skipLibCheck: true, esModuleInterop: true },
      ...{ module: 'nodenext', target: 'es2022', lib: ['es2018'], types: ['node'] },
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['parity.ts'] }));
    const tsc = resolve('node_modules/typescript/bin/tsc');
    const ran = await execa(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], { reject: false });
    expect(ran.stdout).toBe('');
    expect(ran.exitCode).toBe(0);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
