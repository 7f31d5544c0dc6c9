import { readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { diffArrays } from 'diff';
import type { BuildOptions } from 'esbuild';
import jscodeshift from 'jscodeshift';
import type { ChangeSet, FileChange } from '../model/changeset.ts';
import { MigrateError } from '../model/errors.ts';
import { ExitCode } from '../model/exit.ts';
import { isSource, lineEnding } from '../workspace/text.ts';
import type { OptionValue, SpanEdit } from './contract.ts';
import { applyEdits, headerLength } from './edits.ts';
import { gate } from './gate.ts';
import { bare, emptyChangeSet, type RunRequest, unreadable } from './runner.ts';

type Transform = (
  file: { path: string; source: string },
  api: {
    j: typeof jscodeshift;
    jscodeshift: typeof jscodeshift;
    stats(): void;
    report(message: string): void;
  },
  options: Readonly<Record<string, OptionValue>>,
) => unknown;

interface Loaded {
  transform: Transform;
  parser: string | undefined;
}

/**
 * Runs a jscodeshift transform over the paths, file by file, and returns what it proposes. Writes nothing. A file the
 * transform throws on, or whose result does not parse, is reported as failed and left as it is. The parser is chosen
 * by extension; a byte order mark and a `#!` line are cut off before parsing and put back.
 *
 * @param file absolute path of the transform
 * @throws MigrateError (exit 2) `NO_SUCH_TRANSFORM`, `BROKEN_TRANSFORM`
 */
export async function runTransform(file: string, request: RunRequest): Promise<ChangeSet> {
  const { repository, paths, signal, progress } = request;
  const options = request.options ?? {};
  const loaded = await loadTransform(file);
  const id = basename(file).replace(/\.[cm]?[jt]sx?$/, '');
  const sources = paths.filter(isSource);
  const changeSet = emptyChangeSet(id, options, sources.length);
  for (const [index, path] of sources.entries()) {
    await new Promise((resume) => setImmediate(resume));
    signal.throwIfAborted();
    progress?.(`${id}: ${index} of ${sources.length} files`);
    const source = await repository.read(path);
    if (source !== null)
      changeSet.files.push(await transformFile(id, loaded, repository.root, path, source, options));
  }
  return { ...changeSet, files: [...changeSet.files, ...unreadable(repository, sources)] };
}

async function transformFile(
  id: string,
  { transform, parser }: Loaded,
  root: string,
  path: string,
  text: string,
  options: RunRequest['options'] & object,
): Promise<FileChange> {
  const head = headerLength(text);
  const source = text.slice(head);
  const j = jscodeshift.withParser(parserFor(path, parser));
  const messages: string[] = [];
  let result: unknown;
  try {
    result = await transform(
      { path: resolve(root, path), source },
      { j, jscodeshift: j, stats() {}, report: (message) => messages.push(message) },
      options,
    );
  } catch (error) {
    return bare(path, 'failed', reasonOf(error, text.slice(0, head)));
  }
  // jscodeshift's own rule: no string means the transform skipped the file, the same string that nothing matched.
  if (typeof result !== 'string' || result === '')
    return bare(path, 'skipped', messages[0] ?? 'left out by the transform');
  const wanted = lineEnding(text) === '\r\n' ? result.replace(/\r?\n/g, '\r\n') : result;
  const edited = applyEdits(id, path, text, lineEdits(source, wanted, head));
  if (edited.edits.length === 0) return bare(path, 'unchanged');
  const problem = gate(path, text, edited.text);
  if (problem) {
    return bare(
      path,
      'failed',
      `its result does not parse at ${problem.line}:${problem.column}: ${problem.message}`,
    );
  }
  return { path, status: 'changed', oldText: text, newText: edited.text, edits: edited.edits };
}

/** One line; babel counts columns from 0 and does not know of the `#!` line that was cut off. */
function reasonOf(error: unknown, head: string): string {
  const message = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
  const loc = (error as { loc?: { line?: unknown; column?: unknown } } | null)?.loc;
  if (typeof loc?.line !== 'number' || typeof loc.column !== 'number') return message;
  const line = loc.line + (head.includes('\n') ? 1 : 0);
  return `does not parse at ${line}:${loc.column + 1}: ${message.replace(/ \(\d+:\d+\)$/, '')}`;
}

/** `ts` reads `<any>x`, `tsx` reads JSX, and neither reads the other: no single parser reads all files. */
function parserFor(path: string, asked: string | undefined): string {
  if (/\.[cm]?ts$/.test(path)) return 'ts';
  if (/\.tsx$/.test(path)) return 'tsx';
  return asked ?? 'babel';
}

function lineEdits(before: string, after: string, shift: number): SpanEdit[] {
  const edits: SpanEdit[] = [];
  const lines = (text: string) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  let at = shift;
  for (const part of diffArrays(lines(before), lines(after))) {
    const text = part.value.join('');
    const last = edits.at(-1);
    if (part.added) {
      if (last && last.span.end === at && last.text === '') last.text = text;
      else edits.push({ span: { start: at, end: at }, text, rule: 'transform' });
      continue;
    }
    if (part.removed) edits.push({ span: { start: at, end: at + text.length }, text: '', rule: 'transform' });
    at += text.length;
  }
  return edits;
}

async function loadTransform(file: string): Promise<Loaded> {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    throw new MigrateError('NO_SUCH_TRANSFORM', `${file} does not exist.`, { exitCode: ExitCode.usage });
  }
  let module: Record<string, unknown>;
  try {
    module = /\.[cm]?tsx?$/.test(file) ? await importTypeScript(file) : await importJavaScript(file);
  } catch (error) {
    throw new MigrateError(
      'BROKEN_TRANSFORM',
      `${file} cannot be loaded: ${(error as Error).message.split('\n')[0]}`,
      {
        exitCode: ExitCode.usage,
        cause: error,
      },
    );
  }
  // A CommonJS module compiled from ES modules has its default export one level down.
  const inner = module.default as (Record<string, unknown> & { default?: unknown }) | undefined;
  const transform = typeof inner === 'function' ? inner : inner?.default;
  if (typeof transform !== 'function') {
    throw new MigrateError('BROKEN_TRANSFORM', `${file} does not export a function.`, {
      hint: 'A jscodeshift transform is `export default function (file, api, options)` or `module.exports = …`.',
      exitCode: ExitCode.usage,
    });
  }
  const parser = module.parser ?? inner?.parser;
  return { transform: transform as Transform, parser: typeof parser === 'string' ? parser : undefined };
}

let loads = 0;

async function importFresh(file: string): Promise<Record<string, unknown>> {
  delete createRequire(import.meta.url).cache[file];
  return import(`${pathToFileURL(file).href}?load=${loads++}`);
}

/** Errors of Node.js for a module that is written in the other syntax than its package.json says. */
const OTHER_SYNTAX =
  /(module|exports|require) is not defined|Unexpected token 'export'|Cannot use import statement/;

/** jscodeshift compiles a transform, so one may be of either kind wherever it lies: `module.exports` and `export default`. */
async function importJavaScript(file: string): Promise<Record<string, unknown>> {
  try {
    return await importFresh(file);
  } catch (error) {
    if (!OTHER_SYNTAX.test((error as Error).message)) throw error;
    const contents = readFileSync(file, 'utf8');
    return importBuilt({ stdin: { contents, resolveDir: dirname(file), sourcefile: file } }, 'cjs');
  }
}

const importTypeScript = (file: string) => importBuilt({ entryPoints: [file] }, 'esm');

async function importBuilt(input: BuildOptions, format: 'esm' | 'cjs'): Promise<Record<string, unknown>> {
  const { build } = await import('esbuild');
  const folder = await mkdtemp(join(tmpdir(), 'migrate-transform-'));
  const outfile = join(folder, format === 'esm' ? 'transform.mjs' : 'transform.cjs');
  try {
    await build({ ...input, ...{ outfile, bundle: true, platform: 'node', format, logLevel: 'silent' } });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
