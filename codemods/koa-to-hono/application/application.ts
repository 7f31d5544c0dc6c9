import type { ExternalValue } from '../../../src/workspace/syntax/flow/values.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  isIdentifier,
  isMember,
  literalText,
  parametersOf,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { atEnd, range } from '../../shared/edit/draft.ts';
import { type FileWork, textOf } from '../../shared/edit/work.ts';
import { convertFunction } from '../body/function.ts';
import { givenIn, madeBy, type Registration } from '../facts/registrations.ts';
import { type Conversion, leaveOut, refuse, want } from '../state/conversion.ts';
import { useHandlers } from './handlers.ts';
import { convertListen } from './listen.ts';
import { unwrapRoutes } from './router-use.ts';
import { propertyOf } from './routers.ts';

/** What an application is made with, and what Koa does of itself. */
export function convertApplication(cv: Conversion, app: ExternalValue) {
  const made = madeBy(app);
  if (made === null) return;
  const work = cv.editing.workOf(made.file);
  if (argumentsOf(made.node).length > 0)
    return refuse(cv, made.file, made.node, 'application/options', 'options of the application have no rule');
  const hono = want(cv, work, 'hono', 'Hono');
  leaveOut(cv, made.file, made.node, 'charset');
  leaveOut(cv, made.file, made.node, 'content-length');
  leaveOut(cv, made.file, made.node, 'head-type');
  if (cv.target === 'bun') leaveOut(cv, made.file, made.node, 'empty-type');
  work.draft.replace(made.node, [`new ${hono}({ strict: false })`], 'application/made');
  const place = statementOf(work, made.node);
  if (place === null)
    return refuse(
      cv,
      made.file,
      made.node,
      'application/made',
      'the application gets no name where it is made',
    );
  const { newline, semicolon, indentAt, string } = work.layout;
  const line = (text: string) => `${newline}${indentAt(place.statement.start)}${text}${semicolon}`;
  const isNothing = cv.support.has('inKoa');
  const page = isNothing
    ? want(cv, work, 'support', 'nothingFound')
    : `(c) => c.text(${string('Not Found')}, 404)`;
  const lines = [line(`${place.name}.notFound(${page})`)];
  const indent = indentAt(place.statement.start);
  if (cv.errorsTravel) {
    const thrown = `${newline}${indent}${work.layout.unit}throw error${semicolon}${newline}${indent}`;
    lines.push(line(`${place.name}.onError((error) => {${thrown}})`));
    const own = cv.errorPage === null ? '' : want(cv, work, 'support', cv.errorPage);
    const pages = line(`${place.name}.use(${want(cv, work, 'support', 'errorPages')}(${own}))`);
    const { logs } = cv;
    if (
      logs !== null &&
      work.parents.has(logs) &&
      work.parents.get(logs) === work.parents.get(place.statement)
    )
      work.draft.insert(atEnd(logs), pages, 'application/defaults');
    else lines.push(pages);
  } else lines.push(line(`${place.name}.onError(${want(cv, work, 'support', cv.errorPage ?? 'errorPage')})`));
  if (cv.isTested) lines.push(line(`${want(cv, work, 'support', 'nodeApp')}(${place.name})`));
  work.draft.insert(atEnd(place.statement), lines.join(''), 'application/defaults');
}

/** The statement that an application is made in, and the name it has there. */
function statementOf(work: FileWork, made: SyntaxNode): { statement: SyntaxNode; name: string } | null {
  let name: string | null = null;
  for (let at = made, up = work.parents.get(at); up !== undefined; at = up, up = work.parents.get(at)) {
    if (up.type === 'VariableDeclarator' && isIdentifier(child(up, 'id')))
      name = String(child(up, 'id')?.name);
    else if (up.type === 'AssignmentExpression' && child(up, 'right') === at) {
      const left = child(up, 'left');
      if (left !== null && (isIdentifier(left) || isMember(left))) name ??= textOf(work, left);
    } else if (up.type === 'VariableDeclaration' || up.type === 'ExpressionStatement') {
      const parent = work.parents.get(up);
      if (parent?.type === 'ExportNamedDeclaration')
        return name === null ? null : { statement: parent, name };
      return name === null || !/^(Program|BlockStatement)$/.test(parent?.type ?? '')
        ? null
        : { statement: up, name };
    } else if (!/^(TS\w+Expression|AssignmentExpression)$/.test(up.type)) return null;
  }
  return null;
}

/** A member of an application that is called. */
export function convertAppCall(cv: Conversion, each: Registration) {
  const work = cv.editing.workOf(each.file);
  const args = argumentsOf(each.node);
  const property = propertyOf(each.node);
  if (property === null)
    return refuse(cv, each.file, each.node, 'application/member', 'a computed member of the application');
  switch (each.member) {
    case 'use': {
      const [arg, ...more] = args;
      // Koa takes the first one, and nothing of the others.
      const isIdle = (one: SyntaxNode) => isIdentifier(one) || givenIn(cv.flow, one).is === 'allowed';
      if (arg === undefined || !more.every(isIdle))
        return refuse(cv, each.file, each.node, 'application/use', '`use` without one argument');
      if (more.length > 0)
        work.draft.replace(
          range(each.node, arg.end, (more.at(-1) as SyntaxNode).end),
          [''],
          'application/use',
        );
      return convertUse(cv, each, arg, property);
    }
    case 'listen':
    case 'callback':
      return convertListen(cv, each);
    case 'on':
      return convertOn(cv, work, each, args);
    case 'emit': {
      const [event, error] = args;
      if (literalText(event) !== 'error' || error === undefined) break;
      const callee = calleeOf(each.node);
      if (callee !== null)
        work.draft.replace(
          range(each.node, callee.start, error.start),
          [`${want(cv, work, 'support', 'report')}(`],
          'application/emit',
        );
      return;
    }
  }
  refuse(cv, each.file, each.node, 'application/member', `\`app.${each.member}\` has no rule`);
}

function convertUse(cv: Conversion, each: Registration, arg: SyntaxNode, property: SyntaxNode) {
  const work = cv.editing.workOf(each.file);
  const given = givenIn(cv.flow, arg);
  if (given.is === 'router') {
    const prefix = cv.prefixes.get(given.router);
    if (prefix === undefined) return;
    work.draft.replace(property, ['route'], 'routing/mount');
    work.draft.insert(range(arg, arg.start, arg.start), `${work.layout.string(prefix)}, `, 'routing/mount');
    return unwrapRoutes(cv, given.router);
  }
  if (given.is === 'allowed') {
    const call = cv.allowed.get(given.router);
    const callee = call === undefined ? null : calleeOf(call);
    const object = callee === null ? null : child(callee, 'object');
    if (call === undefined || object === null || argumentsOf(call).length > 0)
      return refuse(cv, each.file, arg, 'routing/allowed', 'options of `allowedMethods` have no rule');
    const app = appName(work, each.node);
    if (app === null)
      return refuse(cv, each.file, arg, 'routing/allowed', 'the application has no name there');
    work.draft.replace(
      arg,
      [
        `${want(cv, work, 'support', cv.kept.size > 0 || cv.readsBody !== null ? 'methodsInKoa' : 'allowedMethods')}(${app})`,
      ],
      'routing/allowed',
    );
    cv.errorsTravel = true;
    return;
  }
  useHandlers(cv, each.file, arg, 'handler');
}

/** The name at the start of a chain of calls. */
function appName(work: FileWork, call: SyntaxNode): string | null {
  let node: SyntaxNode | null = call;
  while (node !== null && (node.type === 'CallExpression' || node.type === 'MemberExpression'))
    node = node.type === 'CallExpression' ? child(node, 'callee') : child(node, 'object');
  return node !== null && isIdentifier(node) ? textOf(work, node) : null;
}

/** `app.on('error', …)`. */
function convertOn(cv: Conversion, work: FileWork, each: Registration, args: readonly SyntaxNode[]) {
  const [event, listener] = args;
  const callee = calleeOf(each.node);
  if (literalText(event) !== 'error' || listener === undefined || callee === null)
    return refuse(cv, each.file, each.node, 'application/on', 'an event of the application has no rule');
  const given = givenIn(cv.flow, listener);
  const isKept =
    given.is === 'functions' &&
    given.functions.some(({ node }) => cv.kept.has(node) && parametersOf(node).length > 1);
  const name = want(cv, work, 'support', isKept ? 'reportInKoa' : 'onReport');
  work.draft.replace(range(each.node, callee.start, listener.start), [`${name}(`], 'application/on');
  if (given.is === 'functions')
    for (const fn of given.functions)
      convertFunction(cv, fn.file, fn.node, { context: 1, next: null }, 'helper');
  else if (textOf(work, listener) !== 'console.error')
    refuse(cv, each.file, listener, 'application/on', 'what is called for errors could not be followed');
}
