import { child, literalText, propertyKeyName } from '../../src/workspace/syntax/nodes.ts';
import { parseFile, type SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { childrenOf, walk } from '../../src/workspace/syntax/walk.ts';
import type { Change } from './command.ts';

/** One application that pm2 starts. */
export interface Pm2App {
  at: number;
  name: string;
  become: { changes: Change[] } | { reason: string };
}

export const isPm2 = (path: string): boolean =>
  /(?:^|\/)(?:ecosystem|pm2)(?:\.config)?\.(?:[cm]?js|json)$/.test(path);

/** The applications of a file of pm2, each with Bun as its interpreter; one that names another, or is a cluster, stays. */
export function pm2OnBun(path: string, text: string): Pm2App[] {
  // JSON is an expression of JavaScript.
  const isJson = path.endsWith('.json');
  const source = isJson ? `(${text})` : text;
  const found: Pm2App[] = [];
  walk(parseFile(isJson ? 'pm2.js' : path, source).program, {
    enter(node) {
      const members = node.type === 'ObjectExpression' ? membersOf(node) : null;
      const script = members && literalText(members.get('script') ?? null);
      if (!members || !script || !/\.[cm]?[jt]s$/.test(script)) return;
      const offset = isJson ? 1 : 0;
      const at = node.start - offset;
      const name = literalText(members.get('name') ?? null) ?? script;
      const own = reasonFor(members);
      if (own === 'done') return;
      const value = members.get('script') as SyntaxNode;
      const property = childrenOf(node).find((each) => child(each, 'value') === value) as SyntaxNode;
      const quote = isJson || source[value.start] === '"' ? '"' : "'";
      const key = isJson ? '"interpreter"' : 'interpreter';
      const end = property.end - offset;
      const line = source.lastIndexOf('\n', property.start) + 1;
      const indent = /^[ \t]*$/.test(source.slice(line, property.start))
        ? `\n${source.slice(line, property.start)}`
        : ' ';
      const added = `,${indent}${key}: ${quote}bun${quote}`;
      found.push({
        at,
        name,
        become: own ? { reason: own } : { changes: [{ start: end, end, text: added }] },
      });
    },
  });
  return found;
}

function membersOf(object: SyntaxNode): Map<string, SyntaxNode> {
  return new Map(
    childrenOf(object).flatMap((property) => {
      const key = property.type === 'Property' ? propertyKeyName(property) : null;
      const value = child(property, 'value');
      return key !== null && value ? [[key, value] as const] : [];
    }),
  );
}

/** Why one stays; `done` where Bun starts it already. */
function reasonFor(members: ReadonlyMap<string, SyntaxNode>): string | null {
  const interpreter = members.get('interpreter') ?? members.get('exec_interpreter');
  if (interpreter) return literalText(interpreter) === 'bun' ? 'done' : 'it names an interpreter of its own';
  if (members.has('node_args') || members.has('interpreter_args')) return 'it gives options to Node';
  const mode = members.get('exec_mode');
  const instances = members.get('instances');
  const one = instances === undefined || (instances.type === 'Literal' && instances.value === 1);
  return (mode && literalText(mode) !== 'fork') || !one
    ? 'a cluster is made by Node: Bun shares a port with `reusePort`, which the application would have to ask for'
    : null;
}
