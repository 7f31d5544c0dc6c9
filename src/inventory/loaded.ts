import { posix } from 'node:path';
import { resolveBindings } from '../workspace/syntax/bindings.ts';
import { dynamicTargets, writtenPath } from '../workspace/syntax/flow/dynamic.ts';
import type { Modules } from '../workspace/syntax/modules.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  isCall,
  isIdentifier,
  literalText,
} from '../workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../workspace/syntax/parse.ts';
import { walk } from '../workspace/syntax/walk.ts';

/** Packages that load every file of a folder. */
const LOADERS =
  /["'](?:@fastify\/autoload|fastify-autoload|require-all|require-dir|require-directory|include-all|consign|express-file-routing|express-automatic-routes)["']/;
/** Where a file may load others by something else than a written specifier; only such files are looked at closely. */
const MAY_LOAD =
  /\b(?:require|import)\s*\((?!\s*(?:(?:'[^'\n]*'|"[^"\n]*")\s*)?\))|\bfork\s*\(|\bnew\s+(?:\w+\.)?Worker\s*\(/;

/**
 * Files that a file loads by a path it makes: a folder's files read in a loop, an autoloader's folder, the script of a
 * worker or child process. Where the folder is not written out, its own folder stands for it: too many, not too few.
 */
export function loadedByPath(modules: Modules, path: string): string[] {
  const text = modules.text(path) ?? '';
  const autoloads = LOADERS.test(text);
  if (!autoloads && !MAY_LOAD.test(text)) return [];
  const file = modules.file(path);
  if (file === null) return [];
  const bindings = resolveBindings(file);
  const found = new Set<string>();
  const folders = new Set<string>();
  let isLoader = autoloads;
  let isComputed = false;
  const computed = new Set<string>();
  walk(file.program, {
    enter(node) {
      const specifier = dynamicSpecifier(node);
      if (specifier !== null) {
        const targets = dynamicTargets(modules, file, bindings, specifier);
        for (const target of targets) computed.add(target);
        isLoader ||= targets.length === 0;
        isComputed = true;
      }
      if (isCall(node) || node.type === 'NewExpression') {
        const written = isCall(node) ? writtenPath(file, bindings, node) : null;
        if (written !== null) folders.add(written);
        for (const script of startedScripts(modules, file, node)) found.add(script);
      }
    },
  });
  const matched = isComputed ? globbed(modules, file) : [];
  for (const path of matched) found.add(path);
  // A pattern says which files below the root are meant.
  for (const path of computed) if (matched.length === 0 || path.includes('/')) found.add(path);
  const named = [...folders].filter((folder) => modules.paths.some((at) => at.startsWith(`${folder}/`)));
  for (const file of folders) if (modules.text(file) !== null) found.add(file);
  if (isLoader) {
    const roots = named.length > 0 ? named : [posix.dirname(path)];
    for (const root of roots)
      for (const at of modules.paths) if (root === '.' || at.startsWith(`${root}/`)) found.add(at);
  }
  found.delete(path);
  return [...found];
}

/** Packages that find files by a pattern. */
const GLOBS = new Set(['fast-glob', 'glob', 'globby', 'tinyglobby']);

/** Files below the folder that a pattern of a glob names: `src/routes/*.ts`. All of them, whatever its stars leave out: too many, not too few. */
function globbed(modules: Modules, file: ParsedFile): string[] {
  const found: string[] = [];
  const named = [...GLOBS].some((name) => modules.packagesOf(file.path).includes(name));
  if (!named) return found;
  walk(file.program, {
    enter(node) {
      const pattern = isCall(node) ? literalText(argumentsOf(node)[0]) : null;
      if (pattern === null || !pattern.includes('*')) return;
      const folder = pattern
        .split('/')
        .filter((part) => !/^\.{0,2}$/.test(part))
        .slice(0, -1)
        .filter((part) => !part.includes('*'))
        .join('/');
      if (folder === '') return;
      for (const path of modules.paths) if (`/${path}`.includes(`/${folder}/`)) found.push(path);
    },
  });
  return found;
}

/** The expression of `require(x)` and `import(x)` whose specifier is not written out. */
function dynamicSpecifier(node: SyntaxNode): SyntaxNode | null {
  const specifier =
    node.type === 'ImportExpression'
      ? child(node, 'source')
      : isCall(node) && isIdentifier(calleeOf(node), 'require')
        ? (argumentsOf(node)[0] ?? null)
        : null;
  return specifier !== null && literalText(specifier) === null ? specifier : null;
}

/** `fork('./job.js')`, `new Worker(new URL('./worker.js', import.meta.url))`: paths from the file or from the root. */
function startedScripts(modules: Modules, file: ParsedFile, node: SyntaxNode): string[] {
  const callee = calleeOf(node);
  const name = callee?.type === 'MemberExpression' ? child(callee, 'property')?.name : callee?.name;
  if (name !== 'fork' && name !== 'Worker' && name !== 'URL') return [];
  const written = literalText(argumentsOf(node)[0]);
  if (written === null || !/^\.{0,2}\/?[\w./-]+$/.test(written)) return [];
  const beside = modules.resolve(file.path, written.startsWith('.') ? written : `./${written}`);
  if (beside.kind === 'file') return [beside.path];
  const path = posix.normalize(written);
  return modules.text(path) === null ? [] : [path];
}
