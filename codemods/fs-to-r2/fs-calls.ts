import { argumentsOf, calleeOf, children, propertyKeyName } from '../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { parentsOf } from '../../src/workspace/syntax/walk.ts';
import type { HonoProgram } from './hono.ts';
import { isParity } from './parity.ts';
import { isStorageModule, SUPPORTED } from './storage.ts';

/** A call of `node:fs` or `node:fs/promises`. */
export interface FsCall {
  file: ParsedFile;
  node: SyntaxNode;
  callee: SyntaxNode;
  /** `unlink`, `readFileSync`. */
  member: string;
  /** Arguments that are paths. */
  paths: readonly SyntaxNode[];
  isWrite: boolean;
  /** Why the storage module cannot stand in for this call; null when it can. */
  obstacle: string | null;
}

const WRITES = /^(?:writeFile|appendFile|createWriteStream|mkdir|copyFile|rename|open)(?:Sync)?$/;
const TWO_PATHS = /^(?:rename|copyFile|cp|link|symlink)(?:Sync)?$/;

/** Options that mean the same in a bucket; any other one is an obstacle. */
const OPTIONS: Record<string, readonly string[]> = {
  createReadStream: ['start', 'end'],
  readFile: ['encoding'],
  writeFile: ['encoding'],
  mkdir: ['recursive', 'mode'],
  mkdirSync: ['recursive', 'mode'],
};

/** Every call of the file system in the application's own files, each once, in source order. */
export function fsCallsIn({ flow }: HonoProgram): FsCall[] {
  const found = new Map<SyntaxNode, FsCall>();
  for (const { callee, file, node } of flow.externalCalls) {
    if (callee.kind !== 'external' || callee.origin !== 'builtin' || found.has(node)) continue;
    if (isParity(file) || isStorageModule(file.text)) continue;
    if (callee.module !== 'fs' && callee.module !== 'fs/promises') continue;
    const steps = callee.path[0] === 'promises' ? callee.path.slice(1) : callee.path;
    const [member] = steps;
    const target = calleeOf(node);
    if (member === undefined || steps.length !== 1 || target === null) continue;
    const args = argumentsOf(node);
    found.set(node, {
      ...{ file, node, callee: target, member },
      paths: args.slice(0, TWO_PATHS.test(member) ? 2 : 1),
      isWrite: WRITES.test(member),
      obstacle:
        usesResult(file, node, member) ??
        obstacleIn(member, args, target, flow.cellOf(target)?.values.size ?? 0),
    });
  }
  return [...found.values()].sort((a, b) =>
    a.file.path === b.file.path ? a.node.start - b.node.start : a.file.path < b.file.path ? -1 : 1,
  );
}

/** `mkdirSync` says which folder it made first, which no bucket knows. */
function usesResult(file: ParsedFile, node: SyntaxNode, member: string): string | null {
  if (member !== 'mkdirSync' || parentsOf(file).get(node)?.type === 'ExpressionStatement') return null;
  return 'its result is used, and a bucket has no folders';
}

function obstacleIn(
  member: string,
  args: readonly SyntaxNode[],
  callee: SyntaxNode,
  values: number,
): string | null {
  if (!SUPPORTED.has(member)) {
    return member.endsWith('Sync')
      ? `\`${member}\` waits for its answer, and a bucket answers later`
      : `\`${member}\` has no counterpart in a bucket`;
  }
  if (!/^(?:MemberExpression|Identifier)$/.test(callee.type) || values > 1)
    return 'what is called here is not certain';
  if (args.some(({ type }) => type === 'SpreadElement')) return 'its arguments are not written out';
  const allowed = OPTIONS[member] ?? [];
  const options = args.slice(member === 'writeFile' || member === 'rename' ? 2 : 1);
  for (const option of options) {
    if (option.type === 'ObjectExpression') {
      for (const property of children(option, 'properties')) {
        const key = propertyKeyName(property);
        if (key === null || !allowed.includes(key))
          return `the option \`${key ?? '…'}\` has no counterpart in a bucket`;
      }
    } else if (option.type === 'Literal' && !allowed.includes('encoding')) {
      return 'this option has no counterpart in a bucket';
    } else if (member === 'createWriteStream') return 'its options are not written out';
  }
  return null;
}
