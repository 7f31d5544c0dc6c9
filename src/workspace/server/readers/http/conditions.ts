import { textOf } from '../../../express/text.ts';
import { resolveBindings } from '../../../syntax/bindings.ts';
import type { Flow } from '../../../syntax/flow/flow.ts';
import { argumentsOf, calleeOf, child, isCall, isRegExp, memberName, unwrap } from '../../../syntax/nodes.ts';
import type { Place } from '../../model.ts';
import { kindOf } from './kinds.ts';

/** What is known of a request where a statement runs. */
export interface Known {
  method: string | null;
  path: string | null;
}

export const NOTHING: Known = { method: null, path: null };

/** What a test says when it holds: alternatives. Null: it says nothing of method and path. */
export function alternatives(flow: Flow, { file, node: given }: Place): Known[] | null {
  const node = unwrap(given);
  const inner = (part: Place['node'] | null) =>
    part === null ? null : alternatives(flow, { file, node: part });
  if (node.type === 'LogicalExpression') {
    const [left, right] = [inner(child(node, 'left')), inner(child(node, 'right'))];
    if (node.operator === '&&')
      return left === null
        ? right
        : right === null
          ? left
          : left.flatMap((one) => right.flatMap((other) => both(one, other) ?? []));
    if (node.operator === '||') return left === null || right === null ? null : [...left, ...right];
    return null;
  }
  if (node.type === 'BinaryExpression' && /^===?$/.test(String(node.operator))) {
    const [left, right] = [child(node, 'left'), child(node, 'right')];
    if (left === null || right === null) return null;
    return (
      equals(flow, { file, node: left }, { file, node: right }) ??
      equals(flow, { file, node: right }, { file, node: left })
    );
  }
  if (isCall(node)) return called(flow, { file, node });
  if (node.type === 'Identifier') return matched(flow, { file, node });
  return null;
}

/** What a negated test says where it does not hold: `if (req.method !== 'GET') return`. */
export function otherwise(flow: Flow, { file, node: given }: Place): Known[] | null {
  const node = unwrap(given);
  if (node.type === 'UnaryExpression' && node.operator === '!') {
    const argument = child(node, 'argument');
    return argument === null ? null : alternatives(flow, { file, node: argument });
  }
  if (node.type === 'BinaryExpression' && /^!==?$/.test(String(node.operator)))
    return alternatives(flow, { file, node: { ...node, operator: '===' } });
  if (node.type === 'LogicalExpression' && node.operator === '||') {
    const [left, right] = [child(node, 'left'), child(node, 'right')];
    const known = [left, right].map((part) => (part === null ? null : otherwise(flow, { file, node: part })));
    const [one, other] = known;
    if (one && other) return one.flatMap((a) => other.flatMap((b) => both(a, b) ?? []));
    return one ?? other ?? null;
  }
  return null;
}

/** Two things known together; null where they exclude each other. */
export function both(one: Known, other: Known): Known | null {
  if (one.method !== null && other.method !== null && one.method !== other.method) return null;
  if (one.path !== null && other.path !== null && one.path !== other.path) return null;
  return { method: one.method ?? other.method, path: one.path ?? other.path };
}

function equals(flow: Flow, asked: Place, text: Place): Known[] | null {
  const kind = kindOf(flow, asked);
  const value = kind === null ? null : textOf(flow, text.node);
  return value === null ? null : [knownOf(kind, value)];
}

/** A text that is compared with something of a kind. */
export function knownOf(kind: 'method' | 'path' | 'key' | null, text: string): Known {
  if (kind === 'method') return { method: text.toUpperCase(), path: null };
  if (kind === 'path') return { method: null, path: text.replace(/\?.*$/, '') };
  // `GET /notes`, or `/notes:get`.
  const [, before, after] = /^([A-Za-z]+)[^A-Za-z/]*(\/.*)$/.exec(text) ?? [];
  const [, first, last] = /^(\/.*?)[^\w/*)}\]]+([A-Za-z]+)$/.exec(text) ?? [];
  const [method = '', path = ''] = before === undefined ? [last, first] : [before, after];
  return method === '' ? NOTHING : { method: method.toUpperCase(), path };
}

/** `path.startsWith('/api/')`, `/^\/users\/\d+$/.test(path)`, `path.match(/…/)`, `['/a', '/b'].includes(path)`. */
function called(flow: Flow, { file, node }: Place): Known[] | null {
  const callee = calleeOf(node);
  const object = callee === null ? null : child(callee, 'object');
  const [first] = argumentsOf(node);
  const name = memberName(callee);
  if (object === null || first === undefined || name === null) return null;
  const kind = kindOf(flow, { file, node: object });
  if (kind === 'path' && name === 'startsWith') {
    const text = textOf(flow, first);
    return text === null ? null : [{ method: null, path: `${text.replace(/\/$/, '')}/*` }];
  }
  if (kind === 'path' && (name === 'match' || name === 'endsWith'))
    return name === 'match' ? ofRegExp({ file, node: first }) : null;
  const argument = kindOf(flow, { file, node: first });
  if (argument === 'path' && (name === 'test' || name === 'exec')) return ofRegExp({ file, node: object });
  if (argument !== null && (name === 'includes' || name === 'has'))
    return listed(flow, { file, node: object })?.map((text) => knownOf(argument, text)) ?? null;
  return null;
}

/** `const match = path.match(…)`, and then `if (match)`. */
function matched(flow: Flow, { file, node }: Place): Known[] | null {
  const init = initialOf({ file, node });
  return init !== null && isCall(init.node) ? called(flow, init) : null;
}

/** The initial value of a constant. */
function initialOf({ file, node }: Place): Place | null {
  const binding = resolveBindings(file).bindingOf(node);
  if (binding?.declaration.type !== 'VariableDeclarator' || child(binding.declaration, 'id') !== binding.node)
    return null;
  const init = child(binding.declaration, 'init');
  return init === null ? null : { file, node: unwrap(init) };
}

function ofRegExp(place: Place): Known[] | null {
  const written = isRegExp(unwrap(place.node)) ? { ...place, node: unwrap(place.node) } : initialOf(place);
  if (written === null || !isRegExp(written.node)) return null;
  const { pattern } = written.node.regex as { pattern: string };
  return [
    {
      method: null,
      path: templateOf(pattern) ?? written.file.text.slice(written.node.start, written.node.end),
    },
  ];
}

const PART =
  /\\\/|\\[.-]|[\w-]+|\((?:\?<(\w+)>)?((?:[^()\\?]|\\.)+)\)|((?:\\[wd]|\[(?:[^\]\\]|\\.)+\]|\.)[+*])/y;

/**
 * `^\/users\/(\d+)$` as `/users/:part1(\d+)`; null where the expression is more than fixed parts, groups and characters
 * that repeat. Without `^` it is taken to begin the path where it begins by a slash; without `$`, to end with what repeats.
 */
function templateOf(pattern: string): string | null {
  const [, body = '', end] = /^\^?(\\\/.*?)(?:\\\/\?)?(\$)?$/.exec(pattern) ?? [];
  let path = '';
  let count = 0;
  let isOpen = true;
  for (PART.lastIndex = 0; PART.lastIndex < body.length; ) {
    const match = PART.exec(body);
    if (match === null) return null;
    const [text, name, group, repeated] = match;
    const inner = group ?? repeated;
    isOpen = inner === undefined;
    path +=
      inner === undefined
        ? text.replace(/^\\/, '')
        : `:${name ?? `part${++count}`}(${inner.replace(/\\\//g, '/')})`;
  }
  return path === '' || (end === undefined && isOpen) ? null : path;
}

function listed(flow: Flow, { node }: Place): string[] | null {
  const [list] = flow.valuesOf(node);
  if (list?.kind !== 'array') return null;
  return [...flow.elementsOf(list).values].flatMap((value) => (value.kind === 'text' ? value.text : []));
}
