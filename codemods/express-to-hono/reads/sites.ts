import type { Flow } from '../../../src/workspace/syntax/flow/flow.ts';
import type { Value } from '../../../src/workspace/syntax/flow/values.ts';
import {
  calleeOf,
  child,
  children,
  field,
  isMember,
  literalText,
  memberName,
  propertyKeyName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { parentsOf } from '../../../src/workspace/syntax/walk.ts';
import type { Followed, PackageEscape, PackageUse } from './contract.ts';
import { RECORDS } from './helpers.ts';
import { followedIn, isOption } from './markers.ts';

export interface Site {
  uses: PackageUse[];
  escapes: PackageEscape[];
  /** Names of members under which a followed value is kept, on objects of the package. */
  kept: { name: string; is: Followed }[];
}

const NAMES: Partial<Record<Followed, string>> = { req: 'the request', res: 'the response' };
export const spoken = (on: Followed): string => NAMES[on] ?? `\`${on}\``;

/** Where a value may stand and only goes on to a place that the flow follows, or is compared. */
const GOES_ON =
  /^(ReturnStatement|ConditionalExpression|LogicalExpression|SequenceExpression|AwaitExpression|ExpressionStatement|IfStatement|VariableDeclarator|AssignmentPattern|RestElement|FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|TSAsExpression|TSNonNullExpression|TSSatisfiesExpression|ChainExpression|ParenthesizedExpression|ExportDefaultDeclaration|MethodDefinition|ClassDeclaration)$/;

/** What is done with followed values at one expression of a package; calls that are given them are looked at by themselves. */
export function siteOf(flow: Flow, file: ParsedFile, node: SyntaxNode, is: readonly Followed[]): Site {
  const site: Site = { uses: [], escapes: [], kept: [] };
  const parents = parentsOf(file);
  const up = parents.get(node);
  const lose = (how: string, at: SyntaxNode = node) => {
    for (const on of is) site.escapes.push({ reason: `${how} ${spoken(on)}`, file, node: at });
  };
  const use = (at: SyntaxNode, member: string, how: PackageUse['how'], on: readonly Followed[] = is) => {
    for (const each of on) site.uses.push({ on: each, member, how, file, node: at });
  };
  if (node.type === 'ObjectPattern') {
    takeApart(node, use, lose);
    return site;
  }
  if (node.type === 'ArrayPattern') lose('takes apart');
  if (up === undefined || node.type === 'SpreadElement' || node.type === 'ArrayPattern') return site;
  if (isMember(up) && child(up, 'object') === node) {
    const how = howUsed(parents, up);
    const names = namesOf(flow, up);
    if (names !== null) for (const name of names) use(up, name, how);
    else {
      const records = is.filter((each) => RECORDS.has(each));
      use(up, '*', how, records);
      const others = is.filter((each) => !RECORDS.has(each));
      for (const on of others)
        site.escapes.push({
          reason: `asks for a member of ${spoken(on)} by a name that is computed`,
          file,
          node: up,
        });
    }
    return site;
  }
  if (isMember(up)) return site;
  switch (up.type) {
    case 'CallExpression':
    case 'NewExpression':
      return site;
    case 'AssignmentExpression': {
      const left = child(up, 'left');
      if (left === node) return site;
      if (!/^(=|\|\|=|\?\?=|&&=)$/.test(field(up, 'operator'))) return site;
      if (isMember(left)) keep(memberName(left), left);
      return site;
    }
    case 'Property': {
      const object = parents.get(up);
      if (object?.type === 'ObjectExpression' && child(up, 'value') === node) keep(propertyKeyName(up), up);
      return site;
    }
    case 'ArrayExpression': {
      const call = parents.get(up);
      const callee = call?.type === 'CallExpression' ? calleeOf(call) : null;
      if (memberName(callee) !== 'apply') lose('puts into a list', up);
      return site;
    }
    case 'UnaryExpression':
      return site;
    case 'BinaryExpression': {
      if (field(up, 'operator') !== 'in') return site;
      const name = literalText(child(up, 'left'));
      if (child(up, 'right') !== node) return site;
      if (name === null) lose('asks for any member of', up);
      else use(up, name, 'read');
      return site;
    }
    default:
      if (!GOES_ON.test(up.type)) lose('does something that could not be followed with', up);
      return site;
  }

  function keep(name: string | null, at: SyntaxNode): void {
    if (name === null) lose('keeps under a name that is computed', at);
    else for (const each of is) site.kept.push({ name, is: each });
  }
}

function takeApart(
  pattern: SyntaxNode,
  use: (at: SyntaxNode, member: string, how: PackageUse['how']) => void,
  lose: (how: string, at?: SyntaxNode) => void,
): void {
  for (const each of children(pattern, 'properties')) {
    const name = each.type === 'RestElement' ? null : propertyKeyName(each);
    if (name === null) lose('takes apart', each);
    else use(each, name, 'read');
  }
}

/** The members that a member expression may name; null where that is not known. */
function namesOf(flow: Flow, member: SyntaxNode): string[] | null {
  const name = memberName(member);
  if (name !== null) return [name];
  const key = child(member, 'property');
  const values = key === null ? [] : flow.valuesOf(key);
  return namedBy(values);
}

/** Names that values come to: texts, and `?` for what the application gives; null where there are others. */
export function namedBy(values: readonly Value[]): string[] | null {
  const names = values.flatMap((each) => (each.kind === 'text' ? [each.text] : isOption(each) ? ['?'] : []));
  return names.length === 0 || names.length < values.length ? null : names;
}

function howUsed(parents: ReadonlyMap<SyntaxNode, SyntaxNode>, member: SyntaxNode): PackageUse['how'] {
  const up = parents.get(member);
  if (up === undefined) return 'read';
  if (up.type === 'CallExpression' && child(up, 'callee') === member) return 'called';
  const isTarget =
    (up.type === 'AssignmentExpression' && child(up, 'left') === member) ||
    /^(UpdateExpression|ArrayPattern|RestElement|ForOfStatement|ForInStatement)$/.test(up.type) ||
    (up.type === 'AssignmentPattern' && child(up, 'left') === member) ||
    (up.type === 'Property' && parents.get(up)?.type === 'ObjectPattern') ||
    (up.type === 'UnaryExpression' && field(up, 'operator') === 'delete');
  return isTarget ? 'set' : 'read';
}

/** Followed values of all expressions of a file. */
export const sitesIn = (flow: Flow, file: ParsedFile): (readonly [SyntaxNode, Followed[]])[] =>
  flow.expressionsIn(file).flatMap(([node, cell]) => {
    const is = followedIn(cell);
    return is.length === 0 ? [] : [[node, is] as const];
  });
