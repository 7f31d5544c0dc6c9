import { packagesOf } from '../../../src/workspace/express/registrations.ts';
import { isFunction, isIdentifier, literalText } from '../../../src/workspace/syntax/nodes.ts';
import { mayHaveNoBody } from '../facts/answers/bodiless.ts';
import { localFunction } from '../facts/answers/send-callbacks.ts';
import { areSingle } from '../facts/routes/literal-routes.ts';
import { nativeBlocks } from '../parity/loader.ts';
import type { Conversion } from '../state/conversion.ts';
import { areKnownOptions, isCookieParser, secretOf } from './cookies.ts';
import { fieldsRead } from './error-fields.ts';
import { fileArguments, isStatic, smallFileOptions, smallStatic } from './files.ts';
import { isParser, smallParser } from './parsers.ts';
import { callsOf, type ResponseCall } from './response-calls.ts';

/** Whether a block of the parity module is taken as Hono has it, and not as Express did it byte for byte. */
export const isNative = ({ idiomatic }: Conversion, block: string): boolean =>
  idiomatic !== null && !idiomatic.whole.has(block);

/** Blocks that are taken as Hono has them. */
export const nativeOf = (conversion: Conversion): string[] =>
  nativeBlocks().filter((block) => isNative(conversion, block));

/** Decides for which of what Express did this application needs all of it. */
export function decideNative(conversion: Conversion): void {
  const { idiomatic, program, options } = conversion;
  if (idiomatic === null) return;
  const keep = (reason: string, names: readonly string[], blocks: readonly string[]) => {
    for (const block of blocks) idiomatic.whole.add(block);
    for (const name of names) idiomatic.reasons.set(name, reason);
  };
  if (!isSimplyBeside(conversion)) idiomatic.whole.add('beside-express');
  const packages = packagesOf(program);
  if (idiomatic.routing === 'kept')
    for (const block of ['param', 'mount', 'static', 'recover']) idiomatic.whole.add(block);
  if (options.target === 'workers')
    for (const block of ['files', 'static', 'upload', 'client']) idiomatic.whole.add(block);
  // What TypeScript calls the request of multer's callbacks is Express's.
  if (program.files.some(({ typescript }) => typescript)) idiomatic.whole.add('upload');
  if (packages.some((each) => isParser(each) && smallParser(conversion, each) === null))
    keep('its options say more than how much is read, and of which type', PARSERS, ['bodies']);
  if (packages.some((each) => isStatic(each) && smallStatic(conversion, each) === null))
    keep('its options say more than how long a file is kept', ['serveStatic'], ['static']);
  if (!callsOf(conversion, /^(sendFile|sendfile|download)$/).every(isSmallFile))
    keep(
      'its options say more than where a file is and how long it is kept',
      ['sendFile', 'download'],
      ['files', 'static'],
    );
  if (
    program.version !== 5 &&
    callsOf(conversion, /^location$/).some(({ args }) => literalText(args[0]) === 'back')
  )
    idiomatic.whole.add('location');
  // An error that nothing is acceptable tells what there is.
  if (fieldsRead(conversion)?.has('types') !== false) idiomatic.whole.add('format');
  if (callsOf(conversion, /^(get|getHeader)$/).length > 0) idiomatic.whole.add('header-lines');
  if (
    conversion.settings.lateTrust.length > 0 ||
    /^(?!true|\d|['"[])/.test(conversion.settings.trust[0] ?? 'true')
  )
    idiomatic.whole.add('client');
  const views = callsOf(conversion, /^render$/);
  if (!views.every(isPlainView) || mayHaveNoBody(conversion) || conversion.requestNames.has('locals'))
    for (const block of ['views', 'locals', 'render-beside']) idiomatic.whole.add(block);
  const cookies = callsOf(conversion, /^(cookie|clearCookie)$/);
  const areKnown = cookies.every(({ unit, name, args }) =>
    areKnownOptions(unit.work, args[name === 'cookie' ? 2 : 1]),
  );
  if (!areKnown)
    keep(
      'its options are known only when it runs',
      ['setCookie', 'clearCookie'],
      ['set-cookie', 'clear-cookie'],
    );
  if (packages.some((each) => isCookieParser(each) && secretOf(each) === undefined))
    keep('cookies are read in a way of its own', ['cookies'], ['cookies', 'set-cookie', 'clear-cookie']);
}

/** Whether a request is Hono's by its method and path alone, and nothing else asks what stands beside each other. */
const isSimplyBeside = ({ worlds, idiomatic, options }: Conversion): boolean =>
  worlds !== null &&
  idiomatic?.routing === 'left-out' &&
  options.target !== 'workers' &&
  worlds.inPlace === null &&
  worlds.split.divided.length === 0 &&
  areSingle(worlds.split.taken);

/** Whether the application asks its own response for a header. */
export const readsHeader = (conversion: Conversion, header: string): boolean =>
  callsOf(conversion, /^(get|getHeader|hasHeader)$/).some(
    ({ args }) => (literalText(args[0]) ?? header).toLowerCase() === header,
  );

const PARSERS = ['jsonBody', 'urlencodedBody', 'textBody', 'rawBody'];

/** Express 4 gives a view what its options inherit, too; a type that was set before stays. */
const isPlainView = ({ unit, args: [, options] }: ResponseCall): boolean =>
  !unit.setsType &&
  !unit.setsOwnType &&
  (options === undefined || options.type === 'ObjectExpression' || isFunction(options));

function isSmallFile({ unit, name, args }: ResponseCall): boolean {
  const last = args.at(-1);
  const isCallback = isIdentifier(last) && localFunction(unit, last) !== null;
  const [, ...given] = fileArguments(isCallback ? args.slice(0, -1) : args);
  const options = given.at(-1);
  if (options === undefined) return true;
  const isName = name === 'download' && given.length === 1 && options.type !== 'ObjectExpression';
  return isName || smallFileOptions(unit.work, options, false) !== null;
}
