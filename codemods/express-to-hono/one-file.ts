import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { SpanEdit } from '../../src/codemod/contract.ts';
import { children } from '../../src/workspace/syntax/nodes.ts';
import { parseFile } from '../../src/workspace/syntax/parse.ts';
import codemod from './index.ts';

interface Api {
  report(message: string): void;
}

const WHOLE = 'use `migrate codemod run express-to-hono`, which sees the whole program';

/**
 * The single-file part of the codemod, as jscodeshift calls a transform. A file that alone is a whole Express program is
 * converted; the parity module it needs is written beside it, unless jscodeshift runs dry. Any other is left alone, and
 * reported.
 *
 * @returns the new text; undefined leaves the file as it is
 */
export async function convertOneFile(
  { path, source }: { path: string; source: string },
  { report }: Api,
  options: Readonly<Record<string, unknown>> = {},
): Promise<string | undefined> {
  if (!codemod.prefilter.test(source)) return undefined;
  const file = resolve(path);
  const root = packageFolder(dirname(file));
  const name = relative(root, file).split(sep).join('/');
  const left = (reason: string): undefined => report(`left alone: ${reason}`) as undefined;
  if (isExported(name, source)) return left(`other files use what it exports; ${WHOLE}`);
  const defaults = Object.fromEntries(codemod.options.map((each) => [each.name, each.default]));
  const output = await codemod.run({
    ...{
      root,
      paths: [name, 'package.json'],
      options: { ...defaults, parity: String(options.parity ?? defaults.parity) },
    },
    ...{ signal: new AbortController().signal, progress: () => {} },
    read: async (each) => (each === name ? source : readText(join(root, each))),
  });
  const edits = output.edits.get(name);
  const [first] = output.leftForYou;
  if (edits === undefined) {
    const reason = first ? `${first.line}:${first.column} ${first.reason}` : 'no application is made in it';
    return left(`${reason}; ${WHOLE}`);
  }
  for (const [created, text] of output.created) {
    if (options.dry) report(`needs ${created}, which is written beside it without --dry`);
    else writeFileSync(join(root, created), text, { flag: 'wx' });
  }
  report(`converted; it imports ${packagesOf(source, edits, [...output.created.values()]).join(', ')} now`);
  return applied(source, edits);
}

/** The folder whose package.json says which Express it is; the file's own when there is none. */
function packageFolder(folder: string): string {
  for (let up = folder; ; up = dirname(up)) {
    if (existsSync(join(up, 'package.json'))) return up;
    if (dirname(up) === up) return folder;
  }
}

const readText = (path: string): string | null => (existsSync(path) ? readFileSync(path, 'utf8') : null);

/** Whether the file hands something to others: they would get another thing after the conversion. */
function isExported(name: string, source: string): boolean {
  if (/\b(?:module\.)?exports\b/.test(source.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''))) return true;
  try {
    return children(parseFile(name, source).program, 'body').some(({ type }) => /^Export/.test(type));
  } catch {
    return false;
  }
}

function applied(source: string, edits: readonly SpanEdit[]): string {
  let text = '';
  let at = 0;
  for (const { span, text: next } of edits) {
    text += source.slice(at, span.start) + next;
    at = span.end;
  }
  return text + source.slice(at);
}

/** Packages to install, as the new texts import them. */
function packagesOf(source: string, edits: readonly SpanEdit[], created: readonly string[]): string[] {
  const found = new Set<string>();
  for (const text of [applied(source, edits), ...created]) {
    for (const [, name = ''] of text.matchAll(/(?:from|require\()\s*['"]((?:@[\w.-]+\/)?[\w.-]+)[^'"]*['"]/g))
      if (!/^(\.|node$)/.test(name)) found.add(name);
  }
  return [...found].sort();
}
