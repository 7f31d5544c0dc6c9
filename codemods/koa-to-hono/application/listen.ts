import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isCall,
  isFunction,
  isModuleExports,
  parametersOf,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { type Part, range } from '../../shared/edit/draft.ts';
import { spanOf } from '../../shared/edit/work.ts';
import type { Registration } from '../facts/registrations.ts';
import { type Conversion, refuse, want } from '../state/conversion.ts';

/** `app.listen(…)`, and `http.createServer(app.callback())`. */
export function convertListen(cv: Conversion, each: Registration) {
  const work = cv.editing.workOf(each.file);
  const callee = calleeOf(each.node);
  const app = callee === null ? null : child(callee, 'object');
  if (app === null) return;
  if (cv.target === 'workers') return exportApp(cv, each, app);
  if (each.member === 'callback') {
    const outer = work.parents.get(each.node);
    const isServer =
      isCall(outer) &&
      argumentsOf(outer).length === 1 &&
      argumentsOf(outer)[0] === each.node &&
      makesServer(cv, outer);
    if (isServer) {
      const name = want(cv, work, '@hono/node-server', 'createAdaptorServer');
      work.draft.replace(outer, [`${name}({ fetch: `, spanOf(app), '.fetch })'], 'entry/server');
    } else {
      const name = want(cv, work, '@hono/node-server', 'getRequestListener');
      work.draft.replace(each.node, [`${name}(`, spanOf(app), '.fetch)'], 'entry/listener');
    }
    return;
  }
  const [port, callback, ...more] = argumentsOf(each.node);
  const done = callback === undefined ? null : unwrap(callback);
  const isPlain =
    more.length === 0 &&
    port !== undefined &&
    !isFunction(unwrap(port)) &&
    unwrap(port).type !== 'ObjectExpression';
  const isCallback = done === null || (isFunction(done) && parametersOf(done).length === 0);
  if (isPlain && isCallback && unwrap(port).type !== 'SpreadElement') {
    const statement = work.parents.get(each.node);
    if (cv.target !== 'node' && statement?.type === 'ExpressionStatement')
      return ownServer(cv, each, { app, port, callback });
    const name = want(cv, work, '@hono/node-server', 'serve');
    const value = unwrap(port);
    const shown =
      value.type === 'Identifier' && value.name === 'port' && !work.file.typescript
        ? ['port']
        : value.type === 'Literal' && typeof value.value === 'number'
          ? ['port: ', spanOf(port)]
          : ['port: Number(', spanOf(port), value.type === 'MemberExpression' ? ' ?? 0)' : ')'];
    work.draft.replace(
      each.node,
      [
        `${name}({ fetch: `,
        spanOf(app),
        '.fetch, ',
        ...shown,
        ' }',
        ...(callback === undefined ? [] : [', ', spanOf(callback)]),
        ')',
      ],
      'entry/serve',
    );
    return;
  }
  const name = want(cv, work, '@hono/node-server', 'createAdaptorServer');
  const callStart = callee?.end ?? each.node.start;
  work.draft.replace(
    each.node,
    [`${name}({ fetch: `, spanOf(app), '.fetch }).listen', range(each.node, callStart, each.node.end)],
    'entry/server',
  );
}

/** `http.createServer(…)` without options. */
function makesServer({ flow }: Conversion, call: SyntaxNode): boolean {
  const callee = calleeOf(call);
  const values = callee === null ? [] : flow.valuesOf(callee);
  return (
    values.length > 0 &&
    values.every(
      (value) =>
        value.kind === 'external' &&
        value.origin === 'builtin' &&
        value.module.replace(/^node:/, '') === 'http' &&
        value.path.filter((step) => step !== 'default').join('.') === 'createServer',
    )
  );
}

/** A Worker is the default export of its entry. */
function exportApp(cv: Conversion, each: Registration, app: SyntaxNode) {
  const work = cv.editing.workOf(each.file);
  const statement = work.parents.get(each.node);
  const isTop = statement?.type === 'ExpressionStatement' && work.parents.get(statement)?.type === 'Program';
  if (each.member !== 'listen' || !isTop)
    return refuse(
      cv,
      each.file,
      each.node,
      'entry/workers',
      'a Worker is what its entry exports: this listens otherwise than by a statement of its own',
    );
  const exported = children(work.file.program, 'body').some((each) => exportsDefault(each));
  if (exported)
    refuse(cv, each.file, each.node, 'entry/workers', 'the entry exports something else by default');
  cv.worker = each.file.path;
  const start = work.file.moduleSyntax ? 'export default ' : 'module.exports = ';
  work.draft.replace(statement, [start, spanOf(app), work.layout.semicolon], 'entry/workers');
}

const exportsDefault = (statement: SyntaxNode): boolean => {
  const expression = statement.type === 'ExpressionStatement' ? child(statement, 'expression') : null;
  const left = expression?.type === 'AssignmentExpression' ? child(expression, 'left') : null;
  return statement.type === 'ExportDefaultDeclaration' || isModuleExports(left);
};

/** `Bun.serve(…)` or `Deno.serve(…)`, and what is done once it listens. */
function ownServer(
  cv: Conversion,
  each: Registration,
  { app, port, callback }: { app: SyntaxNode; port: SyntaxNode; callback: SyntaxNode | undefined },
) {
  const work = cv.editing.workOf(each.file);
  const { newline, semicolon, indentAt } = work.layout;
  const value = unwrap(port);
  const isNumber = value.type === 'Literal' && typeof value.value === 'number';
  const shown: Part[] = isNumber
    ? ['port: ', spanOf(port)]
    : ['port: Number(', spanOf(port), value.type === 'MemberExpression' ? ' ?? 0)' : ')'];
  if (cv.target === 'deno') {
    const listening: Part[] = callback === undefined ? ['onListen() {}'] : ['onListen: ', spanOf(callback)];
    work.draft.replace(
      each.node,
      ['Deno.serve({ ', ...shown, ", hostname: '::', ", ...listening, ' }, ', spanOf(app), '.fetch)'],
      'entry/own-server',
    );
  } else {
    const after: Part[] =
      callback === undefined
        ? []
        : [semicolon, newline + indentAt(each.node.start), 'queueMicrotask(', spanOf(callback), ')'];
    work.draft.replace(
      each.node,
      ['Bun.serve({ fetch: ', spanOf(app), '.fetch, ', ...shown, ', idleTimeout: 0 })', ...after],
      'entry/own-server',
    );
  }
  cv.listens = each.file.path;
}
