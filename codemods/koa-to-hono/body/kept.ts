import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isCall,
  isIdentifier,
  memberName,
  parametersOf,
  patternTarget,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import type { FileWork } from '../../shared/edit/work.ts';
import { type Conversion, refuse } from '../state/conversion.ts';
import { around, memberOn, useOf } from './context-use.ts';

/** What Koa's own context has not where it stands inside Hono. */
const MISSING = new Set([
  ...[
    'ctx.respond',
    'request.socket',
    'ctx.router',
    'ctx._matchedRoute',
    'ctx._matchedRouteName',
    'ctx.routerPath',
  ],
  ...['ctx.matched', 'ctx.captures', 'ctx.compress', 'request.rawBody'],
]);
const ON_RESPONSE = /^(setHeader|getHeader|removeHeader|hasHeader|statusCode|once|on|headersSent|finished)$/;
const ON_REQUEST = /^(headers|method|url|httpVersion)$/;

/** Leaves a function as it is: it gets a context of Koa's own, and so do the functions that it hands it to. */
export function keepFunction(
  cv: Conversion,
  file: ParsedFile,
  fn: SyntaxNode,
  ports: { context: number; next: number | null },
) {
  const work = cv.editing.workOf(file);
  const params = parametersOf(fn).map(patternTarget);
  const context = params[ports.context];
  if (fn.generator === true)
    return refuse(cv, file, fn, 'body/generator', 'a generator is middleware of Koa 1');
  if (ports.next !== null && params[ports.next] !== undefined) cv.errorsTravel = true;
  if (context === undefined) return;
  if (!isIdentifier(context)) {
    const names =
      context.type === 'ObjectPattern' ? children(context, 'properties').map(propertyKeyName) : [null];
    if (names.some((name) => name === null || /^(res|req|respond|socket|router)$/.test(name)))
      refuse(cv, file, context, 'kept/context', 'Node’s own request or response is taken out of the context');
    else if (names.includes('response'))
      refuse(
        cv,
        file,
        context,
        'kept/context',
        'Koa’s response is taken out of the context, and is not followed',
      );
    return;
  }
  const hasNext = ports.next !== null && params[ports.next] !== undefined;
  for (const { node } of work.bindings.bindingOf(context)?.references ?? [])
    checkUse(cv, work, node, hasNext);
}

function checkUse(cv: Conversion, work: FileWork, reference: SyntaxNode, hasNext: boolean) {
  const use = useOf(work, reference);
  if (use.member === null) return handOn(cv, work, reference);
  const inner = memberOn(work, use.node)?.name ?? null;
  const isNode = use.member === 'ctx.res' || use.member === 'ctx.req';
  const allowed = use.member === 'ctx.res' ? ON_RESPONSE : ON_REQUEST;
  if (isNode && (inner === null || !allowed.test(inner)))
    refuse(cv, work.file, use.node, 'kept/node', `\`${use.member}\` is Node’s own, which Hono has not`);
  if (MISSING.has(use.member))
    refuse(
      cv,
      work.file,
      use.node,
      'kept/member',
      `\`${use.member.replace('request.', 'ctx.')}\` is not there inside Hono`,
    );
  checkWrite(cv, work, use.member, use.node);
  if (use.member !== 'response.body' || !hasNext) return;
  const { node, parent } = around(work, use.node);
  const isSet =
    parent?.type === 'AssignmentExpression' && parent.operator === '=' && child(parent, 'left') === node;
  if (!isSet) cv.readsBody ??= `what handlers answer is read at ${place(work, use.node)}`;
}

const place = (work: FileWork, node: SyntaxNode): string => {
  const { file, line, column } = work.file.locate(node.start);
  return `${file}:${line}:${column}`;
};

/** What a request is cannot be changed for the router; what is put beside its parts is seen by Koa's functions alone. */
function checkWrite(cv: Conversion, work: FileWork, member: string, node: SyntaxNode) {
  const inner = memberOn(work, node);
  const isSet = isTarget(work, node);
  if (isSet && (member === 'ctx.state' || /^request\.(url|path|method)$/.test(member)))
    refuse(
      cv,
      work.file,
      node,
      'kept/write',
      `\`${member.replace('request.', 'ctx.')}\` is given another value`,
    );
  const isPart =
    /^(ctx\.params|request\.params|request\.query|request\.querystring|request\.search|request\.headers?)$/.test(
      member,
    );
  const isText = /querystring|search/.test(member);
  const isRead = isText ? !isSet : inner !== null && !isTarget(work, inner.node);
  if (isPart && !isRead && !isPattern(work, node))
    cv.readsBody ??= `what others read of the request may be changed at ${place(work, node)}`;
  if ((member === 'ctx.request' || member === 'ctx.response') && !isPattern(work, node))
    cv.readsBody ??= `the request or response gets another name at ${place(work, node)}`;
}

/** `const { id } = ctx.params`. */
function isPattern(work: FileWork, node: SyntaxNode): boolean {
  const { node: at, parent } = around(work, node);
  const id =
    parent?.type === 'VariableDeclarator' && child(parent, 'init') === at ? child(parent, 'id') : null;
  return (
    id?.type === 'ObjectPattern' &&
    children(id, 'properties').every((each) =>
      /^(?!(?:query|params|headers?|response|request|res|req|body)$)/.test(propertyKeyName(each) ?? 'res'),
    )
  );
}

const isTarget = (work: FileWork, node: SyntaxNode): boolean => {
  const { node: at, parent } = around(work, node);
  if (parent?.type === 'AssignmentExpression') return child(parent, 'left') === at;
  return (
    parent?.type === 'UpdateExpression' ||
    (parent?.type === 'UnaryExpression' && parent.operator === 'delete')
  );
};

/** A function of the program that is handed Koa's context keeps taking it. */
function handOn(cv: Conversion, work: FileWork, reference: SyntaxNode) {
  const { node, parent } = around(work, reference);
  const call = isCall(parent) && argumentsOf(parent).includes(node) ? parent : null;
  const callee = call === null ? null : calleeOf(call);
  const values = callee === null ? [] : cv.flow.valuesOf(unwrap(callee));
  const isKnown = values.length > 0 && values.every(({ kind }) => kind === 'function');
  const isReport = callee?.type === 'MemberExpression' && memberName(callee) === 'emit';
  if (!isKnown && !isReport && !isPattern(work, reference))
    cv.readsBody ??= `the context gets another name at ${place(work, reference)}`;
  if (callee === null) return;
  for (const value of cv.flow.valuesOf(unwrap(callee)))
    if (value.kind === 'function') cv.stay.set(value.node, 'a function that stays hands it the context');
}

/** Whether a function is named anywhere inside another one. */
export const mentions = (fn: SyntaxNode, name: string): boolean =>
  findAll(fn, 'MemberExpression').some((node) => memberName(node) === name);
