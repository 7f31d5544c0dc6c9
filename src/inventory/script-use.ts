import { posix } from 'node:path';
import type { Script, ScriptUse } from '../model/inventory.ts';
import type { Location } from '../model/location.ts';
import { invocations, runtimeCall } from '../workspace/command-line.ts';
import { builtinUses, namesBuiltin } from '../workspace/syntax/builtins.ts';
import type { Modules } from '../workspace/syntax/modules.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isCall,
  isIdentifier,
  isMember,
  literalText,
  memberName,
} from '../workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../workspace/syntax/parse.ts';
import { walk } from '../workspace/syntax/walk.ts';
import { closure } from './closure.ts';
import { evidenceIn } from './evidence.ts';

/** Up to this many files behind one script are read closely. */
const MOST_FILES = 400;
const RUNNERS = new Set(['node', 'bun', 'deno', 'tsx', 'ts-node', 'nodemon', 'ts-node-dev']);

/** What the files of one script and everything they import use, by their imports and calls. */
export function scriptUse(script: Script, modules: Modules): ScriptUse {
  const folder = posix.dirname(script.manifest);
  const started = startedFiles(script).map((file) => ({
    file,
    found: present(posix.join(folder, file), modules),
  }));
  const missing = started.find(({ found }) => found.length === 0);
  const files = [
    ...closure(
      modules,
      started.flatMap(({ found }) => found),
    ),
  ];
  const use: ScriptUse = {
    manifest: script.manifest,
    name: script.name,
    runs: invocations(script.command),
    ...{ packages: [], builtins: [], listens: null, nodePrograms: nodePrograms(script, folder, modules) },
    unread: files.length > MOST_FILES ? `${files.length} files are behind it, more than ${MOST_FILES}` : null,
  };
  if (missing) use.unread ??= `${missing.file} is not among the sources`;
  if (use.unread !== null) return use;
  for (const path of files) {
    const found = fileUse(path, modules);
    if (found === null) {
      use.unread ??= `${path} could not be read`;
      continue;
    }
    const { packages, listens, builtins } = found;
    use.packages.push(...packages);
    use.listens ??= listens;
    use.builtins.push(...builtins);
  }
  return use;
}

/** The files a script starts, with or without an ending: sources it names, and what a runtime is given. */
function startedFiles(script: Script): string[] {
  const given = invocations(script.command).flatMap((item) => {
    if (!RUNNERS.has(item.program)) return [];
    const args = item.args[0] === 'watch' ? item.args.slice(1) : item.args;
    const { file } = runtimeCall({ ...item, args });
    return file === null ? [] : [file];
  });
  return [...new Set([...script.files, ...given])];
}

function present(path: string, modules: Modules): string[] {
  const candidates = [
    path,
    `${path}.js`,
    `${path}.ts`,
    posix.join(path, 'index.js'),
    posix.join(path, 'index.ts'),
  ];
  const found = candidates.find((each) => modules.text(each) !== null);
  return found === undefined ? [] : [found];
}

/** Files of the repository that a script starts by their path and whose first line asks for Node. */
function nodePrograms(script: Script, folder: string, modules: Modules): string[] {
  return script.command
    .split(/\s+|&&|;|\|/)
    .filter((word) => /^\.?\.?\/?[\w@./-]+$/.test(word) && word.includes('/'))
    .filter((word, index, words) => words.indexOf(word) === index)
    .filter((word) => {
      const text = modules.text(posix.join(folder, word));
      const isStarted = invocations(script.command).some(({ program }) => program === posix.basename(word));
      return isStarted && text !== null && /^\uFEFF?#!.*\bnode\b/.test(text);
    });
}

type FileUse = Pick<ScriptUse, 'packages' | 'builtins' | 'listens'>;

const read = new WeakMap<Modules, Map<string, FileUse | null>>();

/** What one file uses, read once however many scripts lead to it; null where it does not parse. */
function fileUse(path: string, modules: Modules): FileUse | null {
  const uses = read.get(modules) ?? new Map<string, FileUse | null>();
  read.set(modules, uses);
  const known = uses.get(path);
  if (known !== undefined) return known;
  const file = modules.glance(path);
  const builtins = file !== null && namesBuiltin(file.text) ? builtinUses(file) : [];
  const use = file && {
    ...importsAndServer(file, modules),
    builtins: builtins.map(({ module, member, location }) => ({
      ...{ location, known: 'read' as const, module, member },
    })),
  };
  uses.set(path, use);
  return use;
}

/** What is looked for inside statements: loads by a call, starts of a server. A name may be written with an escape. */
const INSIDE = /\brequire\b|\bimport\s*[(/.]|\blisten\b|\bserve\b|\\[ux]/;

/**
 * Imports of packages with their places, types left out, and where a server starts: `app.listen(…)`, `serve(…)` of Hono's
 * adapter, `Bun.serve(…)`.
 */
function importsAndServer(file: ParsedFile, modules: Modules): Pick<FileUse, 'packages' | 'listens'> {
  const found = new Map<string, ScriptUse['packages'][number]>();
  let listens: Location | null = null;
  const looksInside = INSIDE.test(file.text);
  const isPackage = (specifier: string) => modules.resolve(file.path, specifier).kind === 'package';
  // The tree is made on first use: where nothing can be found, it is not made.
  if (!looksInside && !file.requests.some(isPackage)) return { packages: [], listens };
  const note = (node: SyntaxNode, source: SyntaxNode | null | undefined) => {
    const specifier = literalText(source);
    const target = specifier === null ? null : modules.resolve(file.path, specifier);
    if (target?.kind !== 'package' || found.has(target.name)) return;
    const place = file.locate(node.start);
    found.set(target.name, { ...evidenceIn(file, place, node.start, 'read'), name: target.name });
  };
  const enter = (node: SyntaxNode, parent: SyntaxNode | null): void => {
    if (node.type === 'ImportDeclaration' && node.importKind === 'type') return;
    // An import in `declare module` is for its types.
    const loads = IMPORTS.has(node.type) && parent?.type !== 'TSModuleBlock';
    if (loads) note(node, child(node, 'source'));
    if (!isCall(node)) return;
    const callee = calleeOf(node);
    if (isIdentifier(callee, 'require')) note(node, argumentsOf(node)[0]);
    if (listens === null && isListening(callee, file)) listens = file.locate(node.start);
  };
  if (looksInside) walk(file.program, { enter });
  else for (const statement of children(file.program, 'body')) enter(statement, file.program);
  return { packages: [...found.values()], listens };
}

const IMPORTS = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
]);

function isListening(callee: SyntaxNode | null, file: ParsedFile): boolean {
  const name = isMember(callee) ? memberName(callee) : null;
  const object = isMember(callee) ? child(callee, 'object') : null;
  const isRuntime = isIdentifier(object, 'Bun') || isIdentifier(object, 'Deno');
  const isServe = isIdentifier(callee, 'serve') && file.text.includes('@hono/node-server');
  return name === 'listen' || (name === 'serve' && isRuntime) || isServe;
}
