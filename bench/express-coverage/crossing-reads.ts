import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  child,
  children,
  isIdentifier,
  isMember,
  memberName,
  propertyKeyName,
  unwrap,
} from '../../src/workspace/syntax/nodes.ts';
import { parseFile, type SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { walk } from '../../src/workspace/syntax/walk.ts';

/** How packages of Connect call a request and a response, alone or as a member of `this`. */
const CALLED: Readonly<Record<string, 'req' | 'res'>> = {
  ...{ req: 'req', request: 'req', msg: 'req', message: 'req' },
  ...{ res: 'res', response: 'res', resp: 'res' },
};

/** A member that a package reads, with the first place: `req.secret`, `express-session/index.js:245`. */
export type Reads = ReadonlyMap<string, string>;

/** Members of request and response that the code of a package and of all it depends on reads, by the names it gives them. */
export function readsOf(modules: string, name: string): Reads {
  const reads = new Map<string, string>();
  const done = new Set<string>();
  const visit = (folder: string) => {
    if (done.has(folder)) return;
    done.add(folder);
    const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    for (const file of sourcesIn(folder)) readsIn(file, reads);
    for (const each of Object.keys(dependencies)) {
      const found = resolveFrom(folder, each);
      if (found !== null) visit(found);
    }
  };
  visit(join(modules, name));
  return reads;
}

function resolveFrom(folder: string, name: string): string | null {
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    const found = join(at, 'node_modules', name);
    if (existsSync(join(found, 'package.json'))) return found;
  }
  return null;
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return /^(node_modules|tests?|examples?|bench.*)$/.test(entry.name) ? [] : sourcesIn(path);
    return /\.[cm]?js$/.test(entry.name) ? [path] : [];
  });
}

function readsIn(file: string, reads: Map<string, string>): void {
  const text = readFileSync(file, 'utf8');
  const place = ({ start }: SyntaxNode) =>
    `${file.slice(file.lastIndexOf('node_modules/') + 13)}:${text.slice(0, start).split('\n').length}`;
  const note = (side: 'req' | 'res', name: string | null, node: SyntaxNode) => {
    if (name === null || name.startsWith('_') || reads.has(`${side}.${name}`)) return;
    reads.set(`${side}.${name}`, place(node));
  };
  walk(parseFile(file, text).program, {
    enter(node, parent) {
      const pattern = node.type === 'VariableDeclarator' ? child(node, 'id') : null;
      if (pattern?.type === 'ObjectPattern') {
        const side = sideOf(child(node, 'init'));
        if (side !== null)
          for (const each of children(pattern, 'properties')) note(side, propertyKeyName(each), node);
      }
      if (!isMember(node)) return;
      const isWritten =
        parent?.type === 'AssignmentExpression' && parent.left === node && parent.operator === '=';
      const side = isWritten ? null : sideOf(child(node, 'object'));
      if (side !== null) note(side, memberName(node), node);
    },
  });
}

/** `req`, `this.req`, `(req || this)`: what a package calls a request or a response. */
function sideOf(node: SyntaxNode | null): 'req' | 'res' | null {
  if (node === null) return null;
  const inner = unwrap(node);
  if (isIdentifier(inner)) return CALLED[String(inner.name)] ?? null;
  const object = isMember(inner) ? child(inner, 'object') : null;
  return object?.type === 'ThisExpression' ? (CALLED[memberName(inner) ?? ''] ?? null) : null;
}
