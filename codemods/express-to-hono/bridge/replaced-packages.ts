import type { Place } from '../../../src/workspace/express/program.ts';
import type { PackageArgument } from '../../../src/workspace/express/registrations.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import type { PackageImport } from '../../shared/edit/imports-of.ts';
import { parityName } from '../edit/imports.ts';
import { isCookieParser, secretOf, signsCookies, writesObjects } from '../native/cookies.ts';
import { isNative } from '../native/decide.ts';
import { isStatic, smallStatic } from '../native/files.ts';
import { isParser, smallParser } from '../native/parsers.ts';
import { PACKAGES, whyUnread } from '../packages/_known.ts';
import { becomeNative } from '../packages/_write.ts';
import { type Conversion, type FileWork, refuse, replace, spanOf } from '../state/conversion.ts';
import { leaveOut } from '../state/left-out.ts';
import { madeAt, type Natives, nativeFor } from '../state/native.ts';
import { bridgePackage, isNamedOverride } from './bridged-packages.ts';

/** Middleware of packages, by `package.member`, and the parity function that stands for it. */
const REPLACEMENTS: Record<string, string> = {
  'express.json': 'jsonBody',
  'express.urlencoded': 'urlencodedBody',
  'express.text': 'textBody',
  'express.raw': 'rawBody',
  'express.static': 'serveStatic',
  'body-parser.json': 'jsonBody',
  'body-parser.urlencoded': 'urlencodedBody',
  'body-parser.text': 'textBody',
  'body-parser.raw': 'rawBody',
  'cookie-parser.': 'cookies',
  'method-override.': 'overrideMethod',
};

/** Whether a function of the parity module stands for a package's middleware: it has no state of its own. */
export const hasReplacement = (argument: PackageArgument, natives?: Natives): boolean =>
  `${argument.package}.${argument.member}` in REPLACEMENTS ||
  argument.package === 'multer' ||
  typeof nativeFor(natives, argument) === 'object';

/** Options that are functions of Express's request and response. */
const FUNCTION_OPTIONS = new Set(['verify', 'setHeaders', 'type']);

/** Replaces the call that makes a package's middleware. */
export function convertPackage(conversion: Conversion, argument: PackageArgument) {
  const { file, node, package: name, member, call } = argument;
  if (name === 'multer') {
    if (isNative(conversion, 'upload')) receiveUpload(conversion, argument);
    return;
  }
  const native = nativeFor(conversion.options.natives, argument);
  if (typeof native === 'object') return becomeNative(conversion, madeAt(argument), native);
  const isBridgedOverride = name === 'method-override' && !isNamedOverride(argument);
  const replacement = isBridgedOverride ? undefined : REPLACEMENTS[`${name}.${member}`];
  if ((replacement === undefined || call === null) && bridgePackage(conversion, argument)) return;
  if (replacement === undefined || call === null) {
    const why = native ?? PACKAGES.get(name)?.advice ?? whyUnread(argument);
    refuse(
      conversion,
      conversion.workOf(file),
      node,
      'packages',
      `middleware of \`${name}\` has no rule${why === undefined ? '' : `: ${why}`}`,
    );
    return;
  }
  if (!conversion.claimed.has(call.node)) {
    const small = smallPackage(conversion, argument, call);
    if (small !== null) {
      conversion.claimed.add(call.node);
      replace(conversion, conversion.workOf(call.file), call.node, small, `packages/${replacement}`);
      return;
    }
  }
  convertCall(conversion, call, replacement);
}

/** What the call becomes where Hono needs little beside it; null where all that Express did is kept. */
function smallPackage(conversion: Conversion, argument: PackageArgument, { file }: Place): Part[] | null {
  const work = conversion.workOf(file);
  const braced = (options: string[]) => (options.length === 0 ? '' : `{ ${options.join(', ')} }`);
  if (isParser(argument) && isNative(conversion, 'bodies')) {
    const parser = smallParser(conversion, argument);
    if (parser === null) return null;
    leaveOut(conversion, work, argument.call?.node ?? argument.node, 'body');
    return [`${parityName(conversion, work, parser.name)}(${braced(parser.options)})`];
  }
  if (isStatic(argument) && isNative(conversion, 'static')) {
    const served = smallStatic(conversion, argument);
    if (served === null) return null;
    leaveOut(conversion, work, argument.call?.node ?? argument.node, 'file');
    const options = served.options.flatMap((each, index) => (index === 0 ? each : [', ', ...each]));
    const given: Part[] = options.length === 0 ? [] : [', { ', ...options, ' }'];
    return [`${parityName(conversion, work, 'serveStatic')}(`, spanOf(served.root), ...given, ')'];
  }
  if (isCookieParser(argument) && isNative(conversion, 'cookies')) {
    const place = argument.call?.node ?? argument.node;
    leaveOut(conversion, work, place, 'cookie');
    const secret = signsCookies(conversion) ? secretOf(argument) : null;
    if (!writesObjects(conversion) || (secret === null && secretOf(argument) !== null))
      leaveOut(conversion, work, place, 'marked-cookie');
    if (secret == null) return [`${parityName(conversion, work, 'cookies')}()`];
    return [`${parityName(conversion, work, 'signedCookies')}(`, spanOf(secret), ')'];
  }
  return null;
}

function convertCall(conversion: Conversion, { file, node: call }: Place, replacement: string): void {
  const work = conversion.workOf(file);
  const callee = child(call, 'callee');
  if (callee === null || conversion.claimed.has(call)) return;
  conversion.claimed.add(call);
  const options = argumentsOf(call).at(-1);
  const object = options === undefined ? null : unwrap(options);
  if (object?.type === 'ObjectExpression') {
    for (const property of children(object, 'properties')) {
      const key = propertyKeyName(property);
      const value = child(property, 'value');
      const isFunctionOption =
        key !== null &&
        FUNCTION_OPTIONS.has(key) &&
        !(key === 'type' && value !== null && /^(Literal|ArrayExpression)$/.test(unwrap(value).type));
      if (key !== null && !isFunctionOption) continue;
      const reason = optionReason(conversion, call, key);
      if (reason !== null)
        refuse(conversion, work, property, 'packages', `the option \`${key ?? '…'}\` ${reason}`);
    }
  }
  replace(conversion, work, callee, [parityName(conversion, work, replacement)], `packages/${replacement}`);
}

/** Why an option that is a function of the request stays; null where the function is converted with the rest. */
function optionReason(conversion: Conversion, call: SyntaxNode, key: string | null): string | null {
  const functions = conversion.program.functions.filter(({ uses }) =>
    uses.some((use) => use.kind === 'option' && use.call === call && use.option === key),
  );
  if (functions.length === 0) return "gets Express's request or response";
  for (const { node } of functions) {
    const unit = conversion.units.get(node);
    if (unit?.uses.some(({ role }) => role === 'res')) return 'uses the response';
  }
  return null;
}

/** `receive(upload.single('file'))`: what multer was given stays as it is. */
function receiveUpload(conversion: Conversion, { file, node }: PackageArgument): void {
  const work = conversion.workOf(file);
  if (conversion.dry > 0 || conversion.claimed.has(node)) return;
  conversion.claimed.add(node);
  const name = parityName(conversion, work, 'receive');
  replace(conversion, work, node, [`${name}(`, spanOf(node), ')'], 'packages/upload');
}

/** `multer(…)`, `multer.diskStorage(…)`: the parity module's upload functions, found by the import's references. */
export function convertMulter(conversion: Conversion, work: FileWork, reference: SyntaxNode): boolean {
  const up = work.parents.get(reference);
  if (up?.type === 'CallExpression' && calleeOf(up) === reference) {
    checkCallbacks(conversion, work, up);
    replace(conversion, work, reference, [parityName(conversion, work, 'upload')], 'packages/upload');
    return true;
  }
  const property = up?.type === 'MemberExpression' ? child(up, 'property') : null;
  const name = property === null ? '' : String(property.name);
  const target = { diskStorage: 'diskStorage', memoryStorage: 'memoryStorage', MulterError: 'UploadError' }[
    name
  ];
  if (up === undefined || target === undefined) return false;
  const call = work.parents.get(up);
  if (call?.type === 'CallExpression') checkCallbacks(conversion, work, call);
  replace(conversion, work, up, [parityName(conversion, work, target)], `packages/${target}`);
  return true;
}

/** multer's callbacks are given no request of Express: they may not use it. */
export function checkUploads(conversion: Conversion, work: FileWork, { bindings }: PackageImport): void {
  for (const { node } of bindings.flatMap(({ references }) => references)) {
    const up = work.parents.get(node);
    const call = up?.type === 'MemberExpression' ? work.parents.get(up) : up;
    if (call?.type === 'CallExpression') checkCallbacks(conversion, work, call);
  }
}

function checkCallbacks(conversion: Conversion, work: FileWork, call: SyntaxNode): void {
  for (const argument of argumentsOf(call)) {
    for (const property of argument.type === 'ObjectExpression' ? children(argument, 'properties') : []) {
      const fn = child(property, 'value');
      const first = fn === null ? undefined : children(fn, 'params')[0];
      const uses = first === undefined ? 0 : (work.bindings.bindingOf(first)?.references.length ?? 1);
      if (first !== undefined && uses > 0) {
        refuse(conversion, work, first, 'packages/upload', 'this callback of multer reads the request');
      } else if (
        !isNative(conversion, 'upload') &&
        first?.type === 'Identifier' &&
        child(first, 'typeAnnotation') === null &&
        /^(req|request)$/.test(String(first.name))
      ) {
        replace(conversion, work, first, ['c'], 'packages/upload');
      }
    }
  }
}
