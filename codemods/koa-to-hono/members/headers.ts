import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isCall,
  literalText,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { spanOf } from '../../shared/edit/work.ts';
import { around } from '../body/context-use.ts';
import { want } from '../state/conversion.ts';
import type { Replacement, Rule, Use } from './contract.ts';
import { isStatement } from './state.ts';

/** Content types by the short names that Koa knows. Source: mime-types 3, as koa uses it by `cache-content-type`. */
export const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  text: 'text/plain; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  json: 'application/json; charset=utf-8',
  xml: 'application/xml',
  css: 'text/css; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
  bin: 'application/octet-stream',
  zip: 'application/zip',
  'text/html': 'text/html; charset=utf-8',
  'text/plain': 'text/plain; charset=utf-8',
  'text/css': 'text/css; charset=utf-8',
  'application/json': 'application/json; charset=utf-8',
  'text/event-stream': 'text/event-stream',
  'application/pdf': 'application/pdf',
  'image/png': 'image/png',
  'application/octet-stream': 'application/octet-stream',
};

const callOf = ({ work }: Use, node: SyntaxNode): SyntaxNode | null => {
  const { node: at, parent } = around(work, node);
  return isCall(parent) && calleeOf(parent) === at ? parent : null;
};

/** Whether a value is a text as far as it is written down: Koa makes texts of numbers, and lines of lists. */
const isText = (node: SyntaxNode): boolean => {
  const inner = unwrap(node);
  if (literalText(inner) !== null || inner.type === 'TemplateLiteral') return true;
  return (
    inner.type === 'BinaryExpression' &&
    inner.operator === '+' &&
    ['left', 'right'].some((side) => {
      const part = child(inner, side);
      return part !== null && isText(part);
    })
  );
};

/** `ctx.set('X', value)`. */
function set(use: Use): Replacement | string {
  const call = callOf(use, use.node);
  if (call === null || !isStatement(use, call)) return 'it is not called by itself';
  const [name, value, ...more] = argumentsOf(call);
  if (name === undefined || more.length > 0) return 'it is not called with a name and a value';
  if (value === undefined) return setAll(use, call, name);
  const field = literalText(name);
  if (field !== null && /^content-type$/i.test(field) && literalText(value) === null)
    return 'the type it sets is known only when it runs';
  return { node: call, parts: [`${use.c}.header(`, spanOf(name), ', ', ...asText(value), ')'] };
}

const asText = (value: SyntaxNode): Part[] => {
  const inner = unwrap(value);
  if (inner.type === 'Literal' && typeof inner.value === 'number') return [`'${inner.value}'`];
  return isText(value) ? [spanOf(value)] : ['String(', spanOf(value), ')'];
};

/** `ctx.set({ A: 'b' })`: a statement each. */
function setAll(use: Use, call: SyntaxNode, object: SyntaxNode): Replacement | string {
  const inner = unwrap(object);
  const { parent } = around(use.work, call);
  if (inner.type !== 'ObjectExpression' || parent?.type !== 'ExpressionStatement')
    return 'what it sets is not written out there';
  const { newline, semicolon } = use.work.layout;
  const indent = newline + use.work.layout.indentAt(call.start);
  const parts: Part[] = [];
  for (const [index, property] of children(inner, 'properties').entries()) {
    const name = propertyKeyName(property);
    const value = child(property, 'value');
    if (name === null || value === null || property.type !== 'Property')
      return 'what it sets is not written out there';
    parts.push(
      ...(index > 0 ? [semicolon + indent] : []),
      `${use.c}.header(${use.work.layout.string(name)}, `,
      ...asText(value),
      ')',
    );
  }
  return parts.length === 0 ? 'it sets nothing' : { node: call, parts };
}

function append(use: Use): Replacement | string {
  const call = callOf(use, use.node);
  const [name, value] = call === null ? [] : argumentsOf(call);
  if (call === null || !isStatement(use, call) || name === undefined || value === undefined)
    return 'it is not called by itself';
  return {
    node: call,
    parts: [`${use.c}.header(`, spanOf(name), ', ', ...asText(value), ', { append: true })'],
  };
}

function remove(use: Use): Replacement | string {
  const call = callOf(use, use.node);
  const [name] = call === null ? [] : argumentsOf(call);
  if (call === null || !isStatement(use, call) || name === undefined) return 'it is not called by itself';
  return { node: call, parts: [`${use.c}.header(`, spanOf(name), ', undefined)'] };
}

/** `ctx.type = 'html'`. */
function type(use: Use): Replacement | string {
  const { node: at, parent } = around(use.work, use.node);
  const value =
    parent?.type === 'AssignmentExpression' && child(parent, 'left') === at ? child(parent, 'right') : null;
  if (parent === undefined || value === null || !isStatement(use, parent)) return 'it is read';
  const text = literalText(value);
  const known =
    text === null
      ? undefined
      : (TYPES[text.toLowerCase().replace(/^\./, '')] ?? (/^[^;]+\/[^;]+;/.test(text) ? text : undefined));
  return known === undefined
    ? 'the type is not one whose header is known'
    : { node: parent, parts: [`${use.c}.header('Content-Type', ${use.work.layout.string(known)})`] };
}

/** `ctx.attachment('name')`. */
function attachment(use: Use): Replacement | string {
  const call = callOf(use, use.node);
  const args = call === null ? [] : argumentsOf(call);
  const name = literalText(args[0]);
  if (call === null || args.length !== 1 || name === null || !/^[\w .-]+$/.test(name))
    return 'the name of its file is not written out there';
  const known = TYPES[name.split('.').at(-1) ?? ''];
  if (known === undefined || !isStatement(use, call)) return 'the type of its file is not known here';
  const { newline, semicolon } = use.work.layout;
  const indent = semicolon + newline + use.work.layout.indentAt(call.start);
  const quoted = /^[\w.-]+$/.test(name) ? `"${name}"` : `"${name}"`;
  return {
    node: call,
    parts: [
      `${use.c}.header('Content-Type', '${known}')${indent}${use.c}.header('Content-Disposition', 'attachment; filename=${quoted}')`,
    ],
  };
}

function status(use: Use): Replacement | string {
  if (use.cv.beside) return { node: use.node, parts: [`${use.c}.env.status`] };
  return use.isAfterNext
    ? { node: use.node, parts: [`${use.c}.res.status`] }
    : 'it is read before there is an answer';
}

const has: Rule = (use) => {
  const call = callOf(use, use.node);
  const [name] = call === null ? [] : argumentsOf(call);
  if (call === null || name === undefined || !use.isAfterNext)
    return 'it is asked for before there is an answer';
  return { node: call, parts: [`${use.c}.res.headers.has(`, spanOf(name), ')'] };
};

const get: Rule = (use) => {
  const call = callOf(use, use.node);
  const [name] = call === null ? [] : argumentsOf(call);
  if (call === null || name === undefined || !use.isAfterNext)
    return 'it is asked for before there is an answer';
  return { node: call, parts: [`(${use.c}.res.headers.get(`, spanOf(name), ") ?? '')"] };
};

const emit: Rule = (use) => {
  const member = around(use.work, use.node).parent;
  const call = member === undefined ? null : callOf(use, member);
  if (call === null || member?.type !== 'MemberExpression') return 'the application is used as a value';
  const args = argumentsOf(call);
  const [event, error, ...more] = args;
  const property = child(member, 'property');
  if (property?.name !== 'emit' || literalText(event) !== 'error' || error === undefined || more.length > 1)
    return 'the application is used as a value';
  return {
    node: call,
    parts: [`${want(use.cv, use.work, 'support', 'report')}(`, spanOf(error), `, ${use.c})`],
  };
};

/** What a member of the response becomes, answers apart. */
export const RESPONSE: Readonly<Record<string, Rule>> = {
  'response.set': set,
  'response.append': append,
  'response.remove': remove,
  'response.type': type,
  'response.attachment': attachment,
  'response.status': status,
  'response.has': has,
  'response.get': get,
  'ctx.app': emit,
};
