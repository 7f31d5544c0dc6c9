import type { Value } from '../../src/workspace/syntax/flow/values.ts';
import { argumentsOf, child, children, propertyKeyName, unwrap } from '../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { enclosingFunction } from '../../src/workspace/syntax/walk.ts';
import type { FsCall } from './fs-calls.ts';
import type { HonoProgram } from './hono.ts';
import type { ParityCall } from './parity.ts';

/** A folder that the application stores files in while it serves requests. */
export interface Folder {
  /** The expression that names it, where it is used. */
  file: ParsedFile;
  node: SyntaxNode;
  /** As the user wrote it. */
  text: string;
  values: ReadonlySet<Value>;
  /** Whether uploads are stored in it. */
  uploads: boolean;
}

const DESTINATION = 'destination callback';

/**
 * Finds the folders of uploads (`diskStorage`) and of files written in handlers. Folders with a value in common are one.
 *
 * @param reached functions that run for a request
 */
export function findFolders(
  program: HonoProgram,
  parity: readonly ParityCall[],
  fsCalls: readonly FsCall[],
  reached: ReadonlySet<SyntaxNode>,
): Folder[] {
  const { flow } = program;
  const found: Folder[] = [];
  const note = (file: ParsedFile, node: SyntaxNode, uploads: boolean) => {
    const values = new Set(
      [...(flow.cellOf(node)?.values ?? [])].filter(({ kind }) => kind === 'external' || kind === 'text'),
    );
    if (values.size === 0) return;
    const same = found.find((folder) => [...values].some((value) => folder.values.has(value)));
    if (same !== undefined) same.uploads ||= uploads;
    else found.push({ file, node, text: file.text.slice(node.start, node.end), values, uploads });
  };

  for (const { name, call } of parity) {
    if (name !== 'diskStorage') continue;
    for (const value of call.arguments[0]?.values ?? []) {
      if (value.kind !== 'object') continue;
      const destination = propertyOf(value.node, 'destination');
      for (const held of flow.memberOf(value, 'destination').values) {
        const callback = held.kind === 'function' ? held.parameters[2] : undefined;
        if (callback !== undefined) flow.add(callback, flow.marker(DESTINATION));
        else if (destination !== null && held.kind !== 'function') note(value.file, destination, true);
      }
    }
  }
  flow.settle();
  for (const { callee, file, node } of flow.externalCalls) {
    const folder = argumentsOf(node)[1];
    if (callee.kind === 'marker' && callee.name === DESTINATION && folder !== undefined)
      note(file, unwrap(folder), true);
  }
  for (const { file, node, member, isWrite } of fsCalls) {
    const fn = enclosingFunction(file, node);
    if (!isWrite || member === 'mkdir' || fn === null || !reached.has(fn)) continue;
    const target = folderOfPath(flow.cellOf(argumentsOf(node)[0] ?? node)?.values ?? []);
    if (target !== null) note(target.file, target.node, false);
  }
  return found;
}

/** The folder in `path.join(folder, name)`. */
function folderOfPath(values: Iterable<Value>): { file: ParsedFile; node: SyntaxNode } | null {
  for (const value of values) {
    if (value.kind !== 'external' || value.module !== 'path' || value.path.at(-1) !== '()') continue;
    const call = value.calls.at(-1);
    const [folder, name] = call === undefined ? [] : argumentsOf(call.node);
    if (
      call === undefined ||
      folder === undefined ||
      name === undefined ||
      !/^(?:join|resolve)$/.test(value.path.at(-2) ?? '')
    )
      continue;
    // Only a name that is not known beforehand makes it a folder of stored files.
    if (name.type !== 'Literal' && /^(?:Identifier|MemberExpression)$/.test(folder.type))
      return { file: call.file, node: folder };
  }
  return null;
}

function propertyOf(object: SyntaxNode, name: string): SyntaxNode | null {
  const property = children(object, 'properties').find((one) => propertyKeyName(one) === name);
  const value = property === undefined ? null : child(property, 'value');
  return value === null ? null : unwrap(value);
}
