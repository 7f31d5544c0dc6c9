import type { ASTPath, CallExpression, Identifier } from 'jscodeshift';
import { type Finding, refuse } from '../shared/transform/global.ts';
import { useAt } from '../shared/transform/uses.ts';
import type { Work } from '../shared/transform/work.ts';

/** What both answers have. */
const SAME = new Set([
  ...['ok', 'status', 'statusText', 'url', 'redirected', 'headers'],
  ...['json', 'text', 'arrayBuffer', 'blob'],
]);
const SAME_HEADERS = new Set(['get', 'has', 'entries', 'keys', 'values', 'forEach']);

const NOTHING: Finding = { edits: [], problems: [] };
const all = (findings: readonly Finding[]): Finding => ({
  edits: findings.flatMap(({ edits }) => edits),
  problems: findings.flatMap(({ problems }) => problems),
});

/** What is read of the answer of one request: awaited, or given to a function that is written at `.then`. */
export function answersOf(work: Work, call: ASTPath<CallExpression>): Finding {
  const above = call.parent as ASTPath;
  if (above.node.type === 'AwaitExpression') return awaited(work, above);
  if (above.node.type === 'MemberExpression' && above.node.object === call.node) return chained(work, call);
  return refuse(call.node, 'its promise is handed on, and what is read of the answer is not known');
}

function awaited(work: Work, path: ASTPath): Finding {
  const above = path.parent as ASTPath;
  const { node } = above;
  if (node.type === 'ExpressionStatement') return NOTHING;
  if (node.type === 'MemberExpression' && node.object === path.node) return memberOf(work, path);
  if (node.type === 'VariableDeclarator' && node.init === path.node) {
    if (node.id.type === 'Identifier') return named(work, node.id);
    return destructured(node.id);
  }
  return refuse(path.node, 'its answer is handed on, and what is read of it is not known');
}

function destructured(pattern: { type: string; properties?: unknown[] }): Finding {
  const properties = (pattern.properties ?? []) as { type: string; key?: { name?: string } }[];
  const isPlain = properties.every(({ type, key }) => type === 'ObjectProperty' && SAME.has(key?.name ?? ''));
  return pattern.type === 'ObjectPattern' && isPlain
    ? NOTHING
    : refuse(pattern, 'what is taken of its answer is not what both have');
}

function named(work: Work, id: Identifier): Finding {
  const binding = work.bindingOf(id);
  if (
    binding === null ||
    binding.references.some(({ write, node }) => write && !binding.declarations.includes(node))
  )
    return refuse(id, `\`${id.name}\` is assigned again`);
  return all(work.usesOf(binding).map((use) => memberOf(work, use)));
}

/** `fetch(url).then((answer) => …)`, and what follows that has nothing to do with the answer. */
function chained(work: Work, call: ASTPath<CallExpression>): Finding {
  const member = call.parent as ASTPath;
  const next = member.parent as ASTPath;
  if (
    member.node.type !== 'MemberExpression' ||
    next.node.type !== 'CallExpression' ||
    next.node.callee !== member.node
  )
    return refuse(call.node, 'its promise is handed on');
  const name = member.node.property.type === 'Identifier' ? member.node.property.name : '';
  const [first, second] = next.node.arguments;
  if (name !== 'then' || second !== undefined || first === undefined)
    return refuse(call.node, 'what is read of its answer is not known');
  if (first.type !== 'ArrowFunctionExpression' && first.type !== 'FunctionExpression')
    return refuse(first, 'its answer is given to a function that is written elsewhere');
  const [parameter, ...others] = first.params;
  if (others.length > 0) return refuse(first, 'what is read of its answer is not known');
  if (parameter === undefined) return NOTHING;
  return parameter.type === 'Identifier' ? named(work, parameter) : destructured(parameter);
}

/** One read of an answer. `buffer()` is written with `arrayBuffer()`. */
function memberOf(work: Work, path: ASTPath): Finding {
  // An awaited answer in parentheses is followed as a name is.
  const { members, whole, call } = useAt(path);
  const [member, inner] = members;
  if (member === undefined)
    return refuse(path.node, 'its answer is handed on, and what is read of it is not known');
  if (member === 'buffer' && inner === undefined) {
    const isAwaited = call !== null && (call.parent as ASTPath).node.type === 'AwaitExpression';
    if (call === null || !isAwaited) return refuse(path.node, '`buffer()` is read without `await` before it');
    const text = `Buffer.from(await ${work.textOf(path.node)}.arrayBuffer())`;
    if (!work.isUndeclared('Buffer'))
      return refuse(path.node, '`Buffer` is the name of something else in this file');
    return { edits: [{ node: (call.parent as ASTPath).node, text }], problems: [] };
  }
  if (member === 'body') {
    const advice =
      'Write `Readable.fromWeb(answer.body)` of node:stream where a stream of Node.js is needed.';
    return refuse(path.node, '`body` is a web stream in Node.js, and not a stream of Node.js', advice);
  }
  if (!SAME.has(member)) return refuse(path.node, `\`${member}\` of the answer is not what both have`);
  if (member === 'headers' && !SAME_HEADERS.has(inner ?? ''))
    return refuse(path.node, `\`${work.textOf(whole.node)}\` is not what both have`);
  return NOTHING;
}
