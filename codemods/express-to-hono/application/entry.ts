import type { AppCall, RouterValue } from '../../../src/workspace/express/program.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  isFunction,
  isIdentifier,
  isMember,
  literalText,
  memberName,
  parametersOf,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { atEnd, type Part, range } from '../../shared/edit/draft.ts';
import { deleteStatement, indentAt } from '../../shared/edit/emit.ts';
import { importsOf, requiredModule } from '../../shared/edit/imports-of.ts';
import { importName, parityName } from '../edit/imports.ts';
import { mergesParams } from '../facts/routes/router-options.ts';
import { convertMountPath, severalApps } from '../facts/routes/sub-apps.ts';
import { calledMember, useAppState } from '../members/app-state.ts';
import { outermost, routingOf } from '../routing/express-defaults.ts';
import { droppedError, listenArguments } from '../server/listen-arguments.ts';
import { portParts } from '../server/listen-port.ts';
import { writeOwnServer } from '../server/write.ts';
import { type Conversion, type FileWork, refuse, replace, spanOf, textOf } from '../state/conversion.ts';
import { isInWorker } from '../state/worker-files.ts';
import { appEnv } from '../types/context-type.ts';
import { writeFront } from '../worlds/write.ts';
import { convertNunjucks } from './nunjucks.ts';
import { convertRequestListener } from './request-listener.ts';

/** Rewrites `express()`, `Router()` and puts Express's outermost behaviours on the application. */
export function convertCreations(conversion: Conversion) {
  const { worlds } = conversion;
  for (const router of conversion.program.routers) {
    const work = conversion.workOf(router.file);
    const hono = importName(conversion, work, 'hono', 'Hono');
    const type = work.file.typescript ? `<${appEnv(conversion, work)}>` : '';
    if (router.kind === 'router') {
      checkRouterOptions(conversion, work, router);
      const left = conversion.leavable.has(router) ? `${parityName(conversion, work, 'leavable')}()` : '';
      const isOwn = conversion.ownParams.has(router);
      const options = isOwn ? `${parityName(conversion, work, 'ownParams')}(${left})` : left;
      replace(conversion, work, router.creation, [`new ${hono}${type}(${options})`], 'routing/router');
      continue;
    }
    if (worlds !== null) {
      writeFront(conversion, worlds);
      continue;
    }
    const app = `new ${hono}${type}(${routingOf(conversion, work, router)})`;
    const tested = conversion.options.target !== 'workers' && conversion.options.tested.has(router.file.path);
    const made = tested ? `${parityName(conversion, work, 'nodeApp')}(${app})` : app;
    replace(conversion, work, router.creation, [made], 'routing/app');
    addOutermost(conversion, work, router);
  }
}

function checkRouterOptions(conversion: Conversion, work: FileWork, router: RouterValue) {
  const [options] = argumentsOf(router.creation);
  if (options === undefined || mergesParams(router) !== null) return;
  refuse(
    conversion,
    work,
    options,
    'routing/router',
    'options of this router other than `mergeParams` have no rule',
  );
}

/** `app.use(poweredBy(), …)` after the application is made, and Express's own 404 and error pages where they show. */
function addOutermost(conversion: Conversion, work: FileWork, router: RouterValue) {
  const { creation } = router;
  let holder = work.parents.get(creation);
  // `const app = module.exports = express()`: the name is the variable's.
  for (let up = holder && work.parents.get(holder); holder?.type === 'AssignmentExpression'; ) {
    if (up?.type !== 'AssignmentExpression' && up?.type !== 'VariableDeclarator') break;
    holder = up;
    up = work.parents.get(up);
  }
  const target =
    holder?.type === 'VariableDeclarator'
      ? child(holder, 'id')
      : holder?.type === 'AssignmentExpression'
        ? child(holder, 'left')
        : null;
  let statement: SyntaxNode | undefined = holder;
  while (statement !== undefined && !/Statement$|^VariableDeclaration$/.test(statement.type))
    statement = work.parents.get(statement);
  if (target === null || target.type.endsWith('Pattern') || statement === undefined)
    return chainOutermost(conversion, work, router);
  const around = work.parents.get(statement);
  const after = around?.type === 'ExportNamedDeclaration' ? around : statement;
  const end = child(target, 'typeAnnotation')?.start ?? target.end;
  const app = textOf(work, range(target, target.start, end));
  const lines = outermost(conversion, work, router).map((call) => `${app}.${call}`);
  const { newline, semicolon } = work.layout;
  const indent = indentAt(work, after.start);
  if (lines.length === 0) return;
  work.draft.insert(
    atEnd(after),
    lines.map((line) => `${newline}${indent}${line}${semicolon}`).join(''),
    'parity/outermost',
  );
}

/** `new Hono().use(conditionalGet())`, where no name could stand before the rest of its chain: each of these gives it back. */
function chainOutermost(conversion: Conversion, work: FileWork, router: RouterValue) {
  const links = outermost(conversion, work, router).map((call) => `.${call}`);
  work.draft.insert(atEnd(router.creation), links.join(''), 'parity/outermost');
}

/** Rewrites `app.listen(…)` and `http.createServer(app)`. */
export function convertAppCalls(conversion: Conversion) {
  // They are made on Express's application, and stay.
  if (conversion.worlds !== null) return;
  for (const call of conversion.program.appCalls) {
    const work = conversion.workOf(call.file);
    if (call.member === 'listen') convertListen(conversion, work, call);
    else if (call.member === 'createServer') convertCreateServer(conversion, work, call);
    else if (call.member === 'request') convertRequestListener(conversion, work, call);
    else if (call.member === 'nunjucks') convertNunjucks(conversion, work, call);
    else if (useAppState(conversion, work, calledMember(call.call))) continue;
    else if (convertMountPath(conversion, work, call.on, calledMember(call.call) ?? call.call)) continue;
    else if (!/^(set|enable|disable)$/.test(call.member)) {
      const reason = severalApps(conversion) ?? `\`app.${call.member}\` has no rule`;
      refuse(conversion, work, call.call, 'entry', reason);
    }
  }
}

/** `app.listen(port, host, callback)` → `serve({ fetch: app.fetch, port, hostname: host }, callback)`. */
function convertListen(conversion: Conversion, work: FileWork, { call }: AppCall) {
  if (conversion.ownServer !== null) return writeOwnServer(conversion, conversion.ownServer);
  const callee = calleeOf(call);
  const app = callee === null ? null : child(callee, 'object');
  const give = (reason: string) => refuse(conversion, work, call, 'entry/listen', reason);
  const given = listenArguments(work, call);
  if (app === null || typeof given === 'string')
    return give(typeof given === 'string' ? given : 'this way to listen has no rule');
  const { port, host, callback } = given;
  const serve = importName(conversion, work, '@hono/node-server', 'serve');
  const parts: Part[] = [`${serve}({ fetch: `, spanOf(app), '.fetch'];
  parts.push(...portParts(work, port));
  if (host !== undefined)
    parts.push(textOf(work, host) === 'hostname' ? ', hostname' : `, hostname: ${textOf(work, host)}`);
  parts.push(`${globalsStay(conversion, work)} }`);
  if (callback !== undefined) {
    const [error] = isFunction(unwrap(callback)) ? parametersOf(unwrap(callback)) : [];
    if (error !== undefined && conversion.version === 5) {
      const dropped = droppedError(work, unwrap(callback));
      if (dropped === null)
        return give('the callback of `listen` handles an error in a way that has no rule');
      if (dropped.statement !== null) deleteStatement(conversion, work, dropped.statement, 'entry/listen');
      replace(conversion, work, dropped.parameter, [''], 'entry/listen');
    }
    if (error !== undefined && conversion.version === 4) {
      // Express 4 gives it nothing, where `serve` gives the address.
      const server = asServer(conversion, work);
      parts.splice(0, 0, server === '' ? '' : '(');
      parts.push(
        `)${server}${server === '' ? '' : ')'}.once(${work.layout.string('listening')}, `,
        spanOf(callback),
        ')',
      );
      return replace(conversion, work, call, parts, 'entry/listen');
    }
    parts.push(', ', spanOf(callback));
  }
  parts.push(')');
  const unused = work.parents.get(call)?.type === 'ExpressionStatement';
  if (!unused) parts.push(asServer(conversion, work));
  replace(conversion, work, call, parts, 'entry/listen');
}

/** What `serve` returns may be a server of HTTP/2 as well, to TypeScript. */
const asServer = (conversion: Conversion, work: FileWork): string =>
  work.file.typescript ? ` as ${importName(conversion, work, 'node:http', 'Server', { type: true })}` : '';

/** The module that `createServer` is of, `http.createServer` or by itself; null when it is not one of Node's two. */
function serverModule(work: FileWork, callee: SyntaxNode): 'http' | 'https' | null {
  if (isMember(callee) && !/^(createServer|Server)$/.test(memberName(callee) ?? '')) return null;
  const object = isMember(callee) ? child(callee, 'object') : callee;
  const binding = isIdentifier(object) ? work.bindings.bindingOf(object) : null;
  const found =
    binding === null
      ? requiredModule(object)
      : (importsOf(work).find(({ bindings }) => bindings.includes(binding))?.module ??
        loadedModule(child(binding.declaration, 'init')));
  const module = /^(?:node:)?(https?)$/.exec(found ?? '')?.[1];
  return module === 'http' || module === 'https' ? module : null;
}

/** `require('https')`, or `await import('https')`. */
function loadedModule(init: SyntaxNode | null): string | null {
  const awaited = init?.type === 'AwaitExpression' ? child(init, 'argument') : null;
  return awaited?.type === 'ImportExpression' ? literalText(child(awaited, 'source')) : requiredModule(init);
}

/**
 * `http.createServer(app)` → `createAdaptorServer({ fetch: app.fetch })`: the same kind of server. `https.createServer`
 * and options go along.
 */
function convertCreateServer(conversion: Conversion, work: FileWork, { call }: AppCall) {
  const args = argumentsOf(call);
  const app = args.at(-1);
  const callee = calleeOf(call);
  const module = callee === null ? null : serverModule(work, callee);
  if (app === undefined || callee === null || args.length > 2 || module === null) {
    return refuse(conversion, work, call, 'entry/server', 'a server of this kind has no rule');
  }
  const [options] = args;
  // Measured on workerd 2026-11-17: its server takes no options and the Worker does not start.
  if (options !== app && isInWorker(conversion, work.file))
    return refuse(conversion, work, call, 'entry/server', 'a Worker has no server that takes options');
  const create = importName(conversion, work, '@hono/node-server', 'createAdaptorServer');
  const parts: Part[] = [`${create}({ fetch: `, spanOf(app), '.fetch'];
  if (module === 'https') parts.push(', createServer: ', ...secureServer(callee));
  if (options !== undefined && options !== app) parts.push(', serverOptions: ', spanOf(options));
  parts.push(`${globalsStay(conversion, work)} })`);
  replace(conversion, work, call, parts, 'entry/server');
}

/** `https.createServer` also where its class was called: `https.Server(options, app)`. */
const secureServer = (callee: SyntaxNode): Part[] => {
  const object = isMember(callee) ? child(callee, 'object') : null;
  return object === null ? [spanOf(callee)] : [spanOf(object), '.createServer'];
};

/**
 * A Worker that imports the application also runs a `listen` beside it, which opens no port there. It must not put the
 * adapter's Response in the place of the one that workerd takes answers in (measured on workerd 2026-11-17).
 */
function globalsStay(conversion: Conversion, work: FileWork): string {
  return isInWorker(conversion, work.file) ? ', overrideGlobalObjects: false' : '';
}
