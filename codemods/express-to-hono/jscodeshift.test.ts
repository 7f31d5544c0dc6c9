import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const binary = join(root, 'node_modules', '.bin', 'jscodeshift');
const door = join(root, 'dist', 'codemods', 'express-to-hono', 'jscodeshift.cjs');
const kept = fileURLToPath(new URL('./cases/idiomatic-keeps/input.js', import.meta.url));
const IMPORTS = "const express = require('express');\nconst { list } = require('./handlers');\n";
const NEEDS = `${IMPORTS}const app = express();\napp.get('/', list);\napp.listen(3000);\n`;
const EXPORTS = "const app = require('express')();\napp.listen(3000);\nmodule.exports = app;\n";

describe('jscodeshift with our transform', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'door-'));
    await cp(kept, join(folder, 'whole.js'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const text = (name: string) => readFile(join(folder, name), 'utf8');
  const run = (...args: string[]) =>
    execa(binary, ['-t', door, '--run-in-band', ...args], { cwd: folder, all: true, reject: false });

  it('converts a file that is a whole program, and leaves what needs others, with a line', async () => {
    await writeFile(join(folder, 'needs.js'), NEEDS);
    await writeFile(join(folder, 'exports.js'), EXPORTS);
    const { all } = await run('--parity=idiomatic', 'whole.js', 'needs.js', 'exports.js');
    expect(all).toMatch(/REP whole\.js converted; it imports @hono\/node-server, .*hono, /);
    expect(all).toMatch(/REP needs\.js left alone: 4:14 what handles this is not known/);
    expect(all).toMatch(/REP exports\.js left alone: other files use what it exports/);
    expect(await text('whole.js')).toBe(await readFile(kept.replace('input', 'expected'), 'utf8'));
    expect(await text('express-parity.js')).toContain('function expressRouting');
    expect([await text('needs.js'), await text('exports.js')]).toEqual([NEEDS, EXPORTS]);
  });

  it('writes nothing when it runs dry', async () => {
    const { all } = await run('--dry', 'whole.js');
    expect(all).toContain('needs express-parity.js');
    expect(await text('whole.js')).toBe(await readFile(kept, 'utf8'));
    expect(existsSync(join(folder, 'express-parity.js'))).toBe(false);
  });
});
