import type { SpanEdit } from '../../src/codemod/contract.ts';
import {
  argumentsOf,
  child,
  children,
  isIdentifier,
  propertyKeyName,
  unwrap,
} from '../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import type { FsCall } from './fs-calls.ts';
import type { ImportChange } from './imports.ts';
import type { ParityCall } from './parity.ts';

/** `fs.unlink(path)` becomes `fileStorage.unlink(path)`. */
export function rewriteFsCall({ callee, member }: FsCall, imports: ImportChange): SpanEdit {
  let root = callee;
  while (root.type === 'MemberExpression') root = child(root, 'object') ?? root;
  if (isIdentifier(root)) imports.drop(root);
  return { span: callee, text: `${imports.local}.${member}`, rule: `fs/${member}` };
}

/** Why a call of the parity module cannot be given the storage module; null when it can. */
export function parityObstacle({ name, call, takesFiles }: ParityCall): string | null {
  const args = argumentsOf(call.node);
  if (!takesFiles) return `the parity module's \`${name}\` is of an older version that reads the disk only`;
  if (args.some(({ type }) => type === 'SpreadElement')) return 'its arguments are not written out';
  if (name === 'upload')
    return 'with `dest` multer keeps the files on disk by itself: give it `storage: diskStorage(…)`';
  if (name === 'serveStatic') return 'static files are read from disk';
  const options = optionsOf(name, args);
  if (
    options?.type === 'ObjectExpression' &&
    children(options, 'properties').some((one) => propertyKeyName(one) === 'extensions')
  ) {
    return 'the option `extensions` tries several files, which a bucket is not asked for';
  }
  return null;
}

const POSITION: Record<string, number> = { diskStorage: 0, sendFile: 2, download: 3 };

function optionsOf(name: string, args: readonly SyntaxNode[]): SyntaxNode | null {
  const given = args[POSITION[name] ?? 0];
  return given === undefined ? null : unwrap(given);
}

/** Whether a call has the storage module already. */
export function isGivenFiles({ name, call }: ParityCall): boolean {
  const options = optionsOf(name, argumentsOf(call.node));
  return options !== null && children(options, 'properties').some((one) => propertyKeyName(one) === 'files');
}

/** `sendFile(c, path)` becomes `sendFile(c, path, { files: fileStorage })`. */
export function rewriteParityCall({ name, call }: ParityCall, { local }: ImportChange): SpanEdit {
  const rule = `parity/${name}`;
  const args = argumentsOf(call.node);
  const options = optionsOf(name, args);
  const files = `files: ${local}`;
  const { file, node } = call;
  if (options === null) {
    const last = args.at(-1);
    const missing = Array.from({ length: (POSITION[name] ?? 0) - args.length }, () => 'null, ').join('');
    if (last === undefined) return insert(node.end - 1, `{ ${files} }`, rule);
    return insert(last.end, `, ${missing}{ ${files} }`, rule);
  }
  if (options.type !== 'ObjectExpression') {
    return { span: options, text: `{ ...${file.text.slice(options.start, options.end)}, ${files} }`, rule };
  }
  return addProperty(file, options, files, rule);
}

function addProperty(file: ParsedFile, object: SyntaxNode, property: string, rule: string): SpanEdit {
  const last = children(object, 'properties').at(-1);
  if (last === undefined) return { span: object, text: `{ ${property} }`, rule };
  const lineStart = file.text.lastIndexOf('\n', last.start - 1) + 1;
  const indent = file.text.slice(lineStart, last.start);
  const comma = /^\s*,/.exec(file.text.slice(last.end, object.end));
  if (lineStart < object.start || indent.trim() !== '') return insert(last.end, `, ${property}`, rule);
  return comma === null
    ? insert(last.end, `,\n${indent}${property}`, rule)
    : insert(last.end + comma[0].length, `\n${indent}${property},`, rule);
}

const insert = (at: number, text: string, rule: string): SpanEdit => ({
  span: { start: at, end: at },
  text,
  rule,
});
