import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadModules, type Modules } from '../../workspace/syntax/modules.ts';
import { readText } from '../../workspace/text.ts';
import type { SourceRule } from '../findings/rule.ts';
import { sourceRules } from '../findings/rules.ts';
import { beginSurvey, type Survey } from './index.ts';

const here = dirname(fileURLToPath(import.meta.url));
// Inside the repository, so that the bundled thread finds the parser.
const folder = mkdtempSync(join(here, '../../../node_modules/.survey-'));
const root = mkdtempSync(join(tmpdir(), 'survey-'));
const FILES = 300;
let modules: Modules;
let thread: URL;
let rules: readonly SourceRule[];

function write(path: string, text: string): string {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  return path;
}

beforeAll(async () => {
  const paths = [write('src/schema.js', 'module.exports = { PORT: port(), TOKEN: str() };\n')];
  for (let i = 0; i < FILES; i++) {
    const head = i % 3 === 0 ? "const fs = require('node:fs');\nfs.readFileSync('a');\n" : '';
    const env = i % 7 === 0 ? `exports.v = process.env.VARIABLE_${i};\n` : '';
    // A schema in another file: no thread has it.
    const schema =
      i % 50 === 0
        ? "const { cleanEnv } = require('envalid');\nconst schema = require('./schema');\ncleanEnv(process.env, schema);\n"
        : '';
    paths.push(write(`src/file-${i}.js`, `${head}${env}${schema}exports.n = ${i};\n`));
  }
  paths.push(write('src/broken.js', 'const = 1;\n'), write('src/moduled.mjs', "import 'express';\n"));
  const read = async (path: string) => {
    const found = readText(join(root, path), path);
    return 'text' in found ? found.text : null;
  };
  modules = await loadModules({ root, paths, read });
  // The rules are discovered beside the thread, as in what is shipped.
  const inventory = join(here, '..');
  await build({
    entryPoints: [join(here, 'thread.ts'), join(inventory, 'findings/sources/*.ts')],
    ...{ outdir: folder, outbase: inventory, bundle: true, splitting: true },
    ...{ platform: 'node', format: 'esm', packages: 'external', logLevel: 'error' },
  });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  rules = await sourceRules();
  thread = pathToFileURL(join(folder, 'survey/thread.js'));
});

afterAll(() => {
  for (const each of [folder, root]) rmSync(each, { recursive: true, force: true });
});

const settings = () => ({
  signal: new AbortController().signal,
  progress: () => {},
  rules,
  isOwn: () => true,
});
const told = ({ files, failed }: Survey) => ({ files: [...files], failed });

describe('beginSurvey', () => {
  it('says with threads what it says without', async () => {
    const alone = told(await beginSurvey(modules, [], { ...settings(), thread: null }).finish());
    const begun = beginSurvey(modules, [], { ...settings(), thread });
    // As when this thread is busy for long: the others have read nearly all.
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(told(await begun.finish())).toEqual(alone);
    expect(alone.files.length).toBe(FILES + 2);
    expect(alone.files.filter(([, { env }]) => env.some(({ name }) => name === 'TOKEN')).length).toBe(6);
    expect(alone.failed.map(({ path }) => path)).toEqual(['src/broken.js']);
  });

  it('reads by itself what a thread that breaks has taken', async () => {
    const source =
      "import { workerData } from 'node:worker_threads';\nAtomics.add(workerData.counts, 0, 24);\nthrow 1;";
    const broken = new URL(`data:text/javascript,${encodeURIComponent(source)}`);
    const begun = beginSurvey(modules, [], { ...settings(), thread: broken });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await begun.finish()).files.size).toBe(FILES + 2);
  });

  it('ends when it is asked to', async () => {
    const stop = new AbortController();
    const begun = beginSurvey(modules, [], { ...settings(), thread, signal: stop.signal });
    stop.abort();
    await expect(begun.finish()).rejects.toThrow();
  });
});
