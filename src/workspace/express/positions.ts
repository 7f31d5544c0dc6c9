import { argumentsOf, calleeOf, child, isTransparent } from '../syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../syntax/parse.ts';
import { parentsOf } from '../syntax/walk.ts';

/**
 * What becomes of a value where an expression that holds it stands, as far as the syntax tells:
 * `followed`: it goes on into a place that the flow of values knows (a name, a member, a list, a result);
 * `read`: it is only asked for (a condition, a comparison, nothing at all); `member`: a member of it is named;
 * `called`: it is called; `argument`: it is handed to a call; `lost`: anything else.
 */
export type Position =
  | { kind: 'followed' | 'read' | 'member' | 'called' }
  | { kind: 'argument'; call: SyntaxNode }
  | { kind: 'lost'; how: string };

const FOLLOWED: Position = { kind: 'followed' };
const READ: Position = { kind: 'read' };

/** Parents whose every child that holds a value hands it to a name, a member, a list or a result. */
const HANDS_ON =
  /^(Property|MethodDefinition|ArrayExpression|ReturnStatement|Export\w+|TSExportAssignment|Import\w+|PropertyDefinition|AccessorProperty|AssignmentPattern|ArrayPattern|ObjectPattern|RestElement|AwaitExpression|SequenceExpression|TSParameterProperty|(?:Arrow)?Function\w*|Class\w*|TSImportEqualsDeclaration|CatchClause)$/;

/** The position of an expression in its file; type annotations and parentheses around it change nothing. */
export function positionOf(file: ParsedFile, node: SyntaxNode): Position {
  const parents = parentsOf(file);
  let inner = node;
  let up = parents.get(inner);
  while (up !== undefined && isTransparent(up)) {
    inner = up;
    up = parents.get(inner);
  }
  if (up === undefined) return READ;
  if (/^(Function|Class)Declaration$/.test(inner.type)) return FOLLOWED;
  const is = (name: string) => child(up, name) === inner;
  if (/^(Call|New)Expression$/.test(up.type)) {
    if (calleeOf(up) === inner || is('callee')) return { kind: 'called' };
    return argumentsOf(up).includes(inner) ? { kind: 'argument', call: up } : FOLLOWED;
  }
  if (up.type === 'MemberExpression') return is('object') ? { kind: 'member' } : READ;
  if (up.type === 'VariableDeclarator' || up.type === 'AssignmentExpression') {
    const target = child(up, up.type === 'VariableDeclarator' ? 'id' : 'left');
    const isTaken = target !== inner && target?.type === 'ObjectPattern';
    return isTaken ? { kind: 'lost', how: 'taken apart by its members' } : FOLLOWED;
  }
  if (up.type === 'ConditionalExpression') return is('test') ? READ : FOLLOWED;
  if (up.type === 'LogicalExpression') return FOLLOWED;
  if (/^(Expression|If|While|DoWhile|For|Switch)Statement$|^(SwitchCase|UnaryExpression)$/.test(up.type))
    return READ;
  if (up.type === 'BinaryExpression') {
    const isCompared = /^[!=]==?$/.test(String(up.operator)) || (up.operator === 'in' && is('left'));
    return isCompared ? READ : { kind: 'lost', how: `used with \`${up.operator}\`` };
  }
  if (HANDS_ON.test(up.type)) return FOLLOWED;
  return { kind: 'lost', how: LOST[up.type] ?? 'used in a way that is not followed' };
}

const LOST: Record<string, string> = {
  SpreadElement: 'spread, which copies its members',
  TemplateLiteral: 'made a text',
  TaggedTemplateExpression: 'handed to a template function',
  ThrowStatement: 'thrown',
  YieldExpression: 'given out by a generator',
  ForOfStatement: 'looped over',
  ForInStatement: 'looped over',
};
