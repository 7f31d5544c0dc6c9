import type { ExternalCall } from '../../src/workspace/syntax/flow/flow.ts';
import type { ExternalValue } from '../../src/workspace/syntax/flow/values.ts';
import { argumentsOf, child, children, propertyKeyName } from '../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { enclosingFunction } from '../../src/workspace/syntax/walk.ts';
import type { Folder } from './folders.ts';
import type { FsCall } from './fs-calls.ts';
import type { HonoProgram } from './hono.ts';
import type { Problem } from './limits.ts';
import { isParity, type ParityCall } from './parity.ts';
import { type Place, placesIn } from './paths.ts';
import { isGivenFiles, parityObstacle } from './rewrite.ts';
import { isStorageModule } from './storage.ts';

/** What the application does with files, sorted by what can be done about it. */
export interface Uses {
  /** Calls that take, or may take, a path of the folder: the storage module stands in for them. */
  fs: FsCall[];
  parity: ParityCall[];
  /** Uses of the folder that cannot be converted: with one of them, none is. */
  blocking: (Problem & { rule: string })[];
  /** Paths of stored files given to packages, which read the disk by themselves. */
  handedOn: Problem[];
  /** Other files, which stay on disk. */
  left: Problem[];
}

/** Builtins that a path may be given to without a file being opened. */
const HARMLESS = /^(?:path|url|util|events|assert|console|querystring|buffer|crypto|string_decoder)(?:\/|$)/;
const STARTS_PROCESSES = /^(?:child_process|cluster|worker_threads)$/;

/** @param folder the folder to convert; without one every use of the file system stays */
export function sortUses(
  program: HonoProgram,
  parity: readonly ParityCall[],
  fsCalls: readonly FsCall[],
  reached: ReadonlySet<SyntaxNode>,
  folder: Folder | null,
): Uses {
  const uses: Uses = { fs: [], parity: [], blocking: [], handedOn: [], left: [] };
  const { flow, stored } = program;
  const place: (node: SyntaxNode) => Place =
    folder === null ? () => 'outside' : placesIn(flow, folder.values, folder.uploads ? stored : null);
  const runs = (file: ParsedFile, node: SyntaxNode) => {
    const fn = enclosingFunction(file, node);
    return fn !== null && reached.has(fn);
  };

  for (const call of fsCalls) {
    const { file, node, member, paths, obstacle } = call;
    const places = paths.map(place);
    const isInside = places.includes('inside');
    // The storage module leaves paths outside the folder to the disk, so a path that is not known is safe with it.
    if (isInside || (places.includes('unknown') && obstacle === null && runs(file, node))) {
      if (obstacle === null) uses.fs.push(call);
      else uses.blocking.push({ file, node, rule: `fs/${member}`, reason: obstacle });
    } else uses.left.push({ file, node, reason: diskReason(call) });
  }
  for (const one of parity) {
    const { name, call } = one;
    const { file, node } = call;
    if (isGivenFiles(one)) continue;
    const at = pathOf(one);
    const where = at === null ? 'outside' : place(at);
    if (name === 'serveStatic' && where !== 'inside') continue;
    if (name === 'upload' && at === null) continue;
    const isStored =
      name === 'diskStorage' || name === 'upload' ? folder?.uploads === true : where !== 'outside';
    if (!isStored) {
      uses.left.push({
        file,
        node,
        reason: `\`${name}\` uses files on disk, and a Worker has no disk`,
        isUpload: name === 'diskStorage',
      });
      continue;
    }
    const obstacle = parityObstacle(one);
    if (obstacle === null) uses.parity.push(one);
    else
      uses.blocking.push({
        file,
        node,
        rule: `parity/${name}`,
        reason: obstacle,
        isUpload: name === 'diskStorage' || name === 'upload',
      });
  }
  addFunctionsHandedOn(uses, program);
  const seen = new Set<SyntaxNode>();
  for (const call of flow.externalCalls) {
    if (seen.has(call.node) || isParity(call.file)) continue;
    seen.add(call.node);
    addHandedOn(uses, call, place);
  }
  return uses;
}

const diskReason = ({ file, member, paths }: FsCall): string => {
  const [path] = paths;
  const text =
    path === undefined
      ? ''
      : ` of \`${file.text.slice(path.start, path.end).replace(/\s+/g, ' ').slice(0, 60)}\``;
  return `\`fs.${member}\`${text} uses the disk, and a Worker has none`;
};

/** The argument of a parity call that is a path; null when there is none. */
function pathOf({ name, call }: ParityCall): SyntaxNode | null {
  const args = argumentsOf(call.node);
  if (name === 'sendFile' || name === 'download') {
    const options = args[name === 'sendFile' ? 2 : 3];
    return (options && property(options, 'root')) ?? args[1] ?? null;
  }
  const [first] = args;
  if (name === 'serveStatic') return first ?? null;
  return first === undefined ? null : property(first, name === 'upload' ? 'dest' : 'destination');
}

function property(object: SyntaxNode, name: string): SyntaxNode | null {
  const found = children(object, 'properties').find((one) => propertyKeyName(one) === name);
  return found === undefined ? null : child(found, 'value');
}

/** A stored file's path that code outside the application is given. */
function addHandedOn(
  uses: Uses,
  { callee, file, node }: ExternalCall,
  place: (node: SyntaxNode) => Place,
): void {
  if (callee.kind !== 'external' || callee.origin === 'global') return;
  const name = [callee.module, ...callee.path.filter((step) => step !== '()')].join('.');
  if (callee.origin === 'builtin') {
    if (STARTS_PROCESSES.test(callee.module))
      uses.left.push({ file, node, reason: `\`${name}\` is not there on Workers` });
    if (/^fs(?:\/|$)/.test(callee.module) || (HARMLESS.test(callee.module) && callee.path[0] !== 'promisify'))
      return;
  }
  if (/^hono(?:$|\/)/.test(callee.module)) return;
  if (
    !argumentsOf(node).some((argument) => argument.type !== 'SpreadElement' && place(argument) === 'inside')
  )
    return;
  const reason = `\`${name}\` is given the path of a stored file`;
  if (callee.origin === 'builtin') uses.blocking.push({ file, node, rule: 'handed-on', reason });
  else uses.handedOn.push({ file, node, reason });
}

/** `paths.forEach(fs.unlinkSync)`: what a function of `fs` is called with elsewhere is not known. */
function addFunctionsHandedOn(uses: Uses, { flow }: HonoProgram): void {
  for (const { file, node, callee, arguments: args } of flow.calls) {
    if (isParity(file) || isStorageModule(file.text)) continue;
    const isPromisify = [...callee.values].some(
      (one) => one.kind === 'external' && one.path.at(-1) === 'promisify',
    );
    for (const [index, cell] of isPromisify ? [] : args.entries()) {
      const given = [...cell.values].find((one) => one.kind === 'external' && isFsFunction(one));
      const at = argumentsOf(node)[index];
      if (given?.kind !== 'external' || at === undefined) continue;
      const reason = `\`fs.${given.path.at(-1)}\` is handed on as a function, so the paths it gets are not known`;
      uses.handedOn.push({ file, node: at, reason });
    }
  }
}

const isFsFunction = ({ origin, module, path }: ExternalValue): boolean =>
  origin === 'builtin' &&
  /^fs(?:\/|$)/.test(module) &&
  /^[a-z]/.test(path.at(-1) ?? '') &&
  !/^(?:promises|constants)$/.test(path[0] ?? '');
