import type { HandlerArgument, Registration } from '../../../src/workspace/express/program.ts';
import { functionsIn } from '../../../src/workspace/express/registrations.ts';
import {
  calleeOf,
  child,
  isIdentifier,
  memberName,
  parametersOf,
  patternTarget,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { hasEffects } from '../../../src/workspace/syntax/walk.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { deleteStatement, indentAt } from '../../shared/edit/emit.ts';
import { asItIsOptions, noteAsItIs } from '../bridge/bridged-packages.ts';
import { parityName } from '../edit/imports.ts';
import { objectText } from '../edit/object-text.ts';
import { isAlwaysThere } from '../facts/errors/error-chains.ts';
import { ruledApps } from '../facts/errors/error-rules.ts';
import { mayRecover } from '../facts/errors/recovery.ts';
import { memberAt } from '../facts/request-members.ts';
import { handlerNodes, isErrorArgument, isErrorHandler, memberOf } from '../facts/routes/registrations.ts';
import { mergesParams } from '../facts/routes/router-options.ts';
import { type Conversion, type FileWork, refuse, replace, spanOf } from '../state/conversion.ts';
import { leaveOut } from '../state/left-out.ts';
import { earlyErrors } from './early-errors.ts';
import { convertChain, plainErrors } from './error-chains.ts';
import { convertHandlers } from './handlers.ts';
import { pathText } from './paths.ts';

/** Rewrites the registration of error handlers. */
export function convertErrorHandlers(
  conversion: Conversion,
  work: FileWork,
  registration: Registration,
  all: readonly Registration[],
) {
  const { call, on, handlers, pathNode } = registration;
  const member = memberOf(call);
  const object = child(calleeOf(call) ?? call, 'object');
  const give = (reason: string) => refuse(conversion, work, call, 'errors/handler', reason);
  if (member === null || object === null) return;
  const [list, ...more] = handlers;
  if (list?.kind === 'as-is' && list.list && more.length === 0)
    return on.kind === 'app' && pathNode === null && work.parents.get(call)?.type === 'ExpressionStatement'
      ? addList(conversion, work, registration, list, object)
      : give('an error handler in a list has no rule here');
  if (!handlers.every(isErrorArgument)) return give('an error handler among others has no rule');
  if (handlers.some(({ kind }) => kind === 'array')) return give('an error handler in a list has no rule');
  const plain = plainErrors(conversion, registration);
  if (plain !== null && (on.kind === 'router' || ruledApps(conversion).has(on)))
    return convertChain(conversion, work, registration, plain, member);
  if (on.kind === 'router' && earlyErrors(conversion, all) === registration) {
    if (readsPlace(conversion, registration, /^params$/))
      return give('what an error handler of this router reads of parameters has no rule');
    const statement = work.parents.get(call);
    convertHandlers(conversion, registration);
    if (statement !== undefined) deleteStatement(conversion, work, statement, 'errors/order');
    return;
  }
  if (on.kind === 'router') {
    if (readsPlace(conversion, registration)) {
      if (mergesParams(on) !== false || !isIdentifier(object))
        return give('what an error handler of this router reads of URL and parameters has no rule');
      const name = parityName(conversion, work, 'errorsIn');
      for (const node of conversion.dry > 0 ? [] : handlerNodes(registration))
        work.draft.replace(
          node,
          [`${name}(${objectText(conversion, work, object)}, `, spanOf(node), ')'],
          'errors/handler',
        );
    }
    convertHandlers(conversion, registration);
    if (handlers.length > 1 || pathNode !== null || all.filter(isErrorHandler).length > 1)
      return give('several error handlers on one router, or one at a path, have no rule');
    if (!isAlwaysThere(conversion, registration)) return give('this error handler is not always there');
    return replace(conversion, work, member, ['onError'], 'errors/handler');
  }
  if (!ruledApps(conversion).has(on)) {
    convertHandlers(conversion, registration);
    if (conversion.carriesValues && conversion.dry === 0)
      for (const node of handlerNodes(registration))
        work.draft.replace(
          node,
          [`${parityName(conversion, work, 'givenValues')}(`, spanOf(node), ')'],
          'errors/handler',
        );
    return replace(conversion, work, member, ['onError'], 'errors/handler');
  }
  if (work.parents.get(call)?.type !== 'ExpressionStatement')
    return give('this error handler is registered in the middle of a chain');
  convertHandlers(conversion, registration);
  addInOrder(conversion, work, registration, object);
}

/** Whether an error handler may read what a mount makes of URL and parameters: it does, or hands the request on. */
function readsPlace(conversion: Conversion, registration: Registration, names = OF_PLACE): boolean {
  return registration.handlers.flatMap(functionsIn).some((fn) => {
    const isTaken = parametersOf(fn.node).some(
      (parameter, index) => fn.roles[index] === 'req' && !isIdentifier(patternTarget(parameter)),
    );
    const unit = conversion.units.get(fn.node);
    return (
      isTaken ||
      (unit?.uses ?? []).some(({ node, role }) => {
        const member = role === 'req' && unit !== undefined ? memberAt(unit.work, node) : null;
        return role === 'req' && names.test(memberName(member) ?? 'params');
      })
    );
  });
}

const OF_PLACE = /^(params|url|path|baseUrl)$/;

/** `bridgeAll(app, handlers)`: which of a list handle errors is asked as Express asks it, when it runs. */
function addList(
  conversion: Conversion,
  work: FileWork,
  { call }: Registration,
  { node, functions }: Extract<HandlerArgument, { kind: 'as-is' }>,
  object: SyntaxNode,
) {
  leaveOut(conversion, work, call, 'error-text');
  const add = parityName(conversion, work, 'bridgeAll');
  const options = `, { ${asItIsOptions(conversion, work)} })`;
  replace(conversion, work, call, [`${add}(`, spanOf(object), ', ', spanOf(node), options], 'bridge/as-is');
  noteAsItIs(conversion, functions);
}

/** `addErrorHandler(app, handler)`, once for each, in the place of the registration. */
function addInOrder(conversion: Conversion, work: FileWork, registration: Registration, object: SyntaxNode) {
  const { call, pathNode } = registration;
  const add = parityName(conversion, work, 'addErrorHandler');
  // Where the last of them passes the error on, the page is the short one.
  leaveOut(conversion, work, call, 'error-text');
  const path = pathNode === null ? '' : pathText(conversion, work, pathNode);
  if (path === null || /[:*([]/.test(path) || conversion.settings.routing.length > 0)
    return refuse(
      conversion,
      work,
      pathNode ?? call,
      'errors/handler',
      'an error handler at this path has no rule',
    );
  const goesOn = (each: HandlerArgument) => functionsIn(each).some(mayRecover);
  if (hasEffects(object) && (registration.handlers.length > 1 || registration.handlers.some(goesOn)))
    return refuse(
      conversion,
      work,
      call,
      'errors/handler',
      'what these are registered on is computed by a call',
    );
  const below = path === '' ? '' : `${parityName(conversion, work, 'errorsBelow')}(${path}, `;
  const separator = `${work.layout.semicolon}${work.layout.newline}${indentAt(work, call.start)}`;
  const app = objectText(conversion, work, object);
  const lines = handlerNodes(registration).flatMap((node, index): Part[] => {
    const isOne = registration.handlers[index] !== undefined && goesOn(registration.handlers[index]);
    const around = isOne ? `${parityName(conversion, work, 'recovering')}(${app}, ` : below;
    return [
      ...(index === 0 ? [`${add}(`, spanOf(object)] : [`${separator}${add}(${app}`]),
      `, ${around}`,
      spanOf(node),
      around === '' ? ')' : '))',
    ];
  });
  replace(conversion, work, call, lines, 'errors/handler');
}
