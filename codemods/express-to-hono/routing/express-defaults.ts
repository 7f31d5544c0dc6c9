import type { Registration, RouterValue } from '../../../src/workspace/express/program.ts';
import { functionsIn } from '../../../src/workspace/express/registrations.ts';
import { parityName } from '../edit/imports.ts';
import { isAlwaysThere } from '../facts/errors/error-chains.ts';
import { mayFail } from '../facts/errors/failing-errors.ts';
import { isErrorHandler } from '../facts/routes/registrations.ts';
import { hasRegexps } from '../facts/routes/route-paths.ts';
import { readsHeader } from '../native/decide.ts';
import { savesAnything } from '../native/tags.ts';
import type { BehaviourName } from '../state/behaviours.ts';
import type { Conversion, FileWork } from '../state/conversion.ts';
import { leaveOut } from '../state/left-out.ts';
import { plainErrors } from './error-chains.ts';

/** Express's routing as the options of the application; nothing where Hono's own is enough. */
export function routingOf(conversion: Conversion, work: FileWork, router: RouterValue): string {
  if (conversion.idiomatic?.routing === 'left-out') {
    leaveOut(conversion, work, router.creation, 'routing');
    const options = [
      ...(conversion.settings.routing.includes('strict: true') ? [] : ['strict: false']),
      ...(conversion.carriesValues ? [`router: ${parityName(conversion, work, 'carryValues')}()`] : []),
    ];
    return options.length === 0 ? '' : `{ ${options.join(', ')} }`;
  }
  const { routing } = conversion.settings;
  const given = [
    ...routing,
    ...(hasRegexps(conversion) ? [`compile: ${parityName(conversion, work, 'compileRegexp')}`] : []),
    ...(conversion.ownParams.size > 0 ? [`hide: ${parityName(conversion, work, 'hiddenParams')}`] : []),
  ];
  const options = given.length === 0 ? '' : `{ ${given.join(', ')} }`;
  const routes = `${parityName(conversion, work, 'expressRouting')}(${options})`;
  const isRewritten = conversion.rewrites.has('url') || conversion.rewrites.has('method');
  return isRewritten ? `${parityName(conversion, work, 'rewritable')}(${routes})` : routes;
}

/** What the setting `etag` is to the middleware; without tags of its own Express still answers 304. */
const ETAG = { weak: '', strong: '{ weak: false }', off: '{ tag: false }' };

/** Calls on the application that put Express's outermost behaviours on it, and its own pages where they show. */
export function outermost(conversion: Conversion, work: FileWork, router: RouterValue): string[] {
  const { idiomatic, settings } = conversion;
  const parity = (name: string) => parityName(conversion, work, name);
  const leave = (name: BehaviourName) => leaveOut(conversion, work, router.creation, name);
  const calls: string[] = [];
  if (idiomatic === null) {
    const every = [
      ...(settings.poweredBy ? [`${parity('poweredBy')}()`] : []),
      `${parity('etag')}(${ETAG[settings.etag]})`,
      `${parity('contentLength')}()`,
      `${parity('charset')}()`,
    ];
    calls.push(`use(${every.join(', ')})`);
  } else {
    if (settings.poweredBy && readsHeader(conversion, 'x-powered-by'))
      calls.push(`use(${parity('poweredBy')}())`);
    else if (settings.poweredBy) leave('x-powered-by');
    // Its tags are weak: what asks for strong ones gets none, which is said.
    if (settings.etag === 'weak' && savesAnything(conversion)) {
      calls.push(`use(${parity('conditionalGet')}())`);
      leave('etag-text');
    } else leave('etag');
    leave('content-length');
    leave('charset');
  }
  if (!conversion.hasNotFound.has(router)) {
    if (idiomatic === null) calls.push(`notFound(${parity('notFound')})`);
    else leave('not-found-page');
  }
  const handlers = errorsOf(conversion, router);
  if (handlers.length === 0 && idiomatic?.errorPage !== 'left-out')
    calls.push(`onError(${parity('errorPage')})`);
  if (handlers.length === 0 && idiomatic?.errorPage === 'kept') leave('error-text');
  else if (handlers.length === 0 || handlers.some(mayEndInPage)) leave('error-page');
  return calls;
}

/** The error handlers of an application that are for whatever fails in it. */
function errorsOf(conversion: Conversion, router: RouterValue): readonly Registration[] {
  const all = conversion.program.registrations.filter(
    (each) => each.on === router && isErrorHandler(each) && isAlwaysThere(conversion, each),
  );
  const [first] = all;
  const plain = first === undefined ? null : plainErrors(conversion, first);
  return plain === null ? all : plain.last;
}

/** Where an error handler fails itself, Express answers with its page; Hono has nothing after it. */
const mayEndInPage = ({ handlers }: Registration): boolean => handlers.flatMap(functionsIn).some(mayFail);
