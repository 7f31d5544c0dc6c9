import { at } from '../../../src/model/at.ts';
import type { ExpressFunction, HandlerArgument } from '../../../src/workspace/express/program.ts';
import {
  type PackageArgument,
  packagesIn,
  packagesOf,
} from '../../../src/workspace/express/registrations.ts';
import { freshName } from '../../../src/workspace/syntax/bindings.ts';
import { argumentsOf, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { parityName } from '../edit/imports.ts';
import { trustOf } from '../edit/trust.ts';
import { isErrorArgument } from '../facts/routes/registrations.ts';
import type { Bridging } from '../packages/_contract.ts';
import { bridgingOf, isRead, outcomeCallback, PACKAGES, providedBy, ruleOf } from '../packages/_known.ts';
import { unlentRead } from '../packages/_option-functions.ts';
import { type Conversion, claim, type FileWork, refuse, remark, spanOf } from '../state/conversion.ts';
import { leaveOut } from '../state/left-out.ts';
import { nativeFor } from '../state/native.ts';
import { connecting } from './connecting.ts';

/** Packages that run as they are behind `bridge`. */
export const BRIDGED_PACKAGES: readonly string[] = [...PACKAGES.values()]
  .filter(({ bridge }) => bridge !== undefined && typeof bridge !== 'string')
  .map(({ name }) => name);

/** Those of them that answer in Express's own ways. */
export const ANSWERING_PACKAGES: readonly string[] = [...PACKAGES.values()]
  .filter(({ answers }) => answers !== undefined)
  .map(({ name }) => name);

const RUNTIMES = ['node', 'bun', 'deno'];

/** `methodOverride('_method')`: a parity function stands for it; one with a function of the request is bridged. */
export function isNamedOverride({ package: name, call }: PackageArgument): boolean {
  const [getter] = call === null ? [] : argumentsOf(call.node);
  return name === 'method-override' && call !== null && (getter === undefined || getter.type === 'Literal');
}

/** Notes which members of the request come from bridged middleware. */
export function collectBridged(conversion: Conversion): void {
  const { natives, target, asItIs = [], onContext, connects } = conversion.options;
  for (const name of asItIs.flatMap(({ sets }) => sets)) conversion.bridgedNames.add(name);
  for (const argument of packagesOf(conversion.program)) {
    const native = nativeFor(natives, argument);
    const isAlone = onContext?.has(argument.node) === true;
    const isOfContext = typeof native === 'object' || isAlone;
    if (isAlone) conversion.onContext.add(argument.package);
    const isLost = target === 'workers' && !isOfContext && connects?.has(argument.node) !== true;
    if (isNamedOverride(argument) || isLost) continue;
    const names = isOfContext ? conversion.requestNames : conversion.bridgedNames;
    for (const member of providedBy(argument)) names.add(member);
  }
}

/** Whether a package changes the query that later handlers read. */
export function changesQuery({ version, options }: Conversion, argument: PackageArgument): boolean {
  if (options.onContext?.has(argument.node)) return false;
  const bridging = bridgingOf(argument);
  return typeof bridging === 'object' && bridging.by === 'bridgeQuery' && keepsQuery(version, bridging);
}

/** Each read of Express 5 parses the query again: what a middleware changes in it is lost, unless it defines it anew. */
const keepsQuery = (version: Conversion['version'], { definesQuery }: Bridging): boolean =>
  version !== 5 || definesQuery === true;

/** What is known of a package where it stands. */
function comparedAs(
  { program, version }: Conversion,
  argument: PackageArgument,
): Bridging | string | undefined {
  const known = bridgingOf(argument);
  if (typeof known !== 'object' || known.replaces !== true) return known;
  const at = program.registrations.find(({ handlers }) => handlers.flatMap(packagesIn).includes(argument));
  return version === 4 && at?.method === 'use' ? known : undefined;
}

/**
 * Puts `bridge(…)` around middleware of a package that has no Hono form with the same answers. Returns false when the
 * package is not known to work that way.
 */
export function bridgePackage(conversion: Conversion, argument: PackageArgument): boolean {
  const work = conversion.workOf(argument.file);
  if (conversion.options.onContext?.has(argument.node)) {
    runOnContext(conversion, argument);
    return true;
  }
  const known = comparedAs(conversion, argument);
  if (known === undefined) return false;
  const { node } = argument;
  if (conversion.options.connects && typeof known === 'object' && isWrappable(node)) {
    connectPackage(conversion, argument);
    return true;
  }
  // A Worker has no request and response of Node's.
  if (conversion.options.target === 'workers') return false;
  if (typeof known === 'string') {
    refuse(conversion, work, node, 'packages/bridge', known);
    return true;
  }
  if (!isWrappable(node)) return false;
  const isAnswering =
    ruleOf(argument)?.answers?.test(argument.member) === true &&
    outcomeCallback(conversion.program, argument) === null;
  const hasLocals = conversion.localNames.size > 0 || conversion.keepsLocals;
  const unlent = unlentRead(conversion, argument, { answers: isAnswering, locals: hasLocals });
  if (unlent !== null) {
    const isHere = unlent.work === work;
    const where = isHere ? '' : ` (${at(unlent.work.file.locate(unlent.node.start))})`;
    const reason = `an option of \`${argument.package}\` reads \`${unlent.member}\`${where}, which is not there behind the bridge`;
    refuse(conversion, work, isHere ? unlent.node : node, 'packages/bridge', reason);
    return true;
  }
  const isLost = known.by === 'bridgeQuery' && !keepsQuery(conversion.version, known);
  const by = isLost ? 'bridgeBody' : (known.by ?? 'bridge');
  const name = parityName(conversion, work, by);
  const native = nativeFor(conversion.options.natives, argument);
  if (wrap(conversion, argument, name, bridgeOptions(conversion, argument, isAnswering)))
    noteBridge(conversion, argument, typeof native === 'string' ? native : undefined);
  return true;
}

/**
 * What runs middleware of a package that a handler calls with a function for its outcome: `connect`, or a function of the
 * middleware; null where it stays.
 */
export function runnerOf(conversion: Conversion, argument: PackageArgument): string | null {
  const { target, connects } = conversion.options;
  const work = conversion.workOf(argument.file);
  const known = comparedAs(conversion, argument);
  if (typeof known !== 'object' || known.by !== undefined) return null;
  if (connects === undefined && target === 'workers') return null;
  const name = parityName(conversion, work, connects ? connecting(conversion).run : 'bridge');
  const options = connects ? connectOptions(conversion, work) : bridgeOptions(conversion, argument, false);
  if (!connects && !conversion.claimed.has(argument.node)) {
    claim(conversion, argument.node);
    noteBridge(conversion, argument);
  }
  const handler = freshName(work.bindings.module, 'handler', work.taken);
  return options === '' ? name : `(${handler}) => ${name}(${handler}${options})`;
}

/** The options of `bridge` for middleware of a package, each after a comma. */
function bridgeOptions(conversion: Conversion, argument: PackageArgument, isAnswering: boolean): string {
  const work = conversion.workOf(argument.file);
  const options = [
    ...trustOption(conversion, work),
    ...(ruleOf(argument)?.locals === true || readsKeptLocals(conversion, argument)
      ? [`locals: ${parityName(conversion, work, 'locals')}`]
      : localsOption(conversion, work)),
    ...(isAnswering ? [lendOption(conversion, work)] : []),
  ];
  return options.length === 0 ? '' : `, { ${options.join(', ')} }`;
}

/** Whether an option reads `res.locals` where that stays an object of its own. */
const readsKeptLocals = (conversion: Conversion, argument: PackageArgument): boolean =>
  conversion.keepsLocals &&
  unlentRead(conversion, argument, { answers: true, locals: false })?.member === 'res.locals';

/** Puts `bridge(…)` around functions of the application that stay as they are. */
export function bridgeAsItIs(
  conversion: Conversion,
  argument: Extract<HandlerArgument, { kind: 'as-is' }>,
): void {
  const { file, node, functions } = argument;
  const work = conversion.workOf(file);
  if (conversion.dry > 0 || conversion.claimed.has(node)) return;
  conversion.claimed.add(node);
  const isTold = functions.some((fn) =>
    conversion.options.asItIs?.some((each) => each.changesHeaders && each.fn.node === fn.node),
  );
  const by = isErrorArgument(argument) ? 'bridgeError' : isTold ? 'bridgeHeaders' : 'bridge';
  const name = parityName(conversion, work, by);
  const inTurn = argument.list ? `${parityName(conversion, work, 'inTurn')}(` : '';
  const end = `${inTurn === '' ? '' : ')'}, { ${asItIsOptions(conversion, work)} })`;
  work.draft.replace(node, [`${name}(${inTurn}`, spanOf(node), end], 'bridge/as-is');
  noteAsItIs(conversion, functions);
}

/** What a bridge lends to functions of the application. */
export const asItIsOptions = (conversion: Conversion, work: FileWork): string =>
  [...trustOption(conversion, work), ...localsOption(conversion, work), lendOption(conversion, work)].join(
    ', ',
  );

/** `lend: …`: Express's ways to answer, JSON in the format that the application sets. */
function lendOption(conversion: Conversion, work: FileWork): string {
  const format = conversion.settings.json.join(', ');
  if (format === '') return `lend: ${parityName(conversion, work, 'expressAnswers')}`;
  return `lend: ${parityName(conversion, work, 'formattedAnswers')}({ ${format} })`;
}

/** Notes that functions of the application run behind a bridge. */
export function noteAsItIs(conversion: Conversion, functions: readonly ExpressFunction[]): void {
  for (const fn of functions) {
    const why = conversion.options.asItIs?.find((each) => each.fn.node === fn.node)?.why ?? '';
    const known = conversion.bridges.some((each) => each.name === fn.name && at(each) === at(fn.location));
    if (known) continue;
    const reason = `\`${fn.name}\` runs as it is, behind a bridge to Node's request and response: ${why}`;
    conversion.bridges.push({
      ...fn.location,
      name: fn.name,
      outcome: 'bridged',
      reason,
      runtimes: RUNTIMES,
    });
  }
}

function trustOption(conversion: Conversion, work: FileWork): string[] {
  const [trust] = trustOf(conversion, work);
  return trust === undefined ? [] : [`trust: ${trust}`];
}

/** `locals: […]`: the names in the context that Express has on the response. */
function localsOption(conversion: Conversion, work: FileWork): string[] {
  const names = [...conversion.localNames].map((each) => work.layout.string(each));
  return names.length === 0 ? [] : [`locals: [${names.join(', ')}]`];
}

/** Puts `connect(…)` around middleware that needs nothing of Node's request and response. */
function connectPackage(conversion: Conversion, argument: PackageArgument): void {
  const work = conversion.workOf(argument.file);
  const name = parityName(conversion, work, connecting(conversion).run);
  wrap(conversion, argument, name, connectOptions(conversion, work));
  for (const behaviour of conversion.options.connects?.get(argument.node) ?? [])
    leaveOut(conversion, work, argument.node, behaviour);
}

/** What `connect` is told of a proxy before the application, each after a comma. */
function connectOptions(conversion: Conversion, work: FileWork): string {
  const [trust] = trustOf(conversion, work);
  if (trust === undefined) return '';
  const protocol = parityName(conversion, work, 'protocol');
  const isSecure = `, (c) => ${protocol}(c, ${trust}) === ${work.layout.string('https')}`;
  return packagesOf(conversion.program).some(isRead) ? `${isSecure}, ${trust}` : isSecure;
}

/** Puts `onContext(…)` around middleware that needs nothing of Node's request and response, nor of other packages. */
function runOnContext(conversion: Conversion, argument: PackageArgument): void {
  const work = conversion.workOf(argument.file);
  const trust = trustOf(conversion, work).map((each) => `, ${each}`);
  const isNew = wrap(conversion, argument, parityName(conversion, work, 'onContext'), trust.join(''));
  const { leavesOut = [], remark: differs } = conversion.options.onContext?.get(argument.node) ?? {};
  for (const behaviour of leavesOut) leaveOut(conversion, work, argument.node, behaviour);
  if (isNew && differs !== undefined) remark(conversion, work, argument.node, 'packages/on-context', differs);
}

/** Whether a function can be put around an argument: it is one value, that no `?.` may leave out. A cast to a type of Express goes. */
export const isWrappable = (node: SyntaxNode): boolean =>
  node.type !== 'SpreadElement' && node.type !== 'ChainExpression';

/** Returns whether it was not wrapped before. */
function wrap(
  conversion: Conversion,
  { file, node }: PackageArgument,
  name: string,
  options: string,
): boolean {
  // A list that several routes share is one list.
  if (conversion.dry > 0 || conversion.claimed.has(node)) return false;
  conversion.claimed.add(node);
  const shared = conversion.worlds?.shared.get(node);
  const parts = [`${name}(`, shared ?? spanOf(unwrap(node)), `${options})`];
  conversion.workOf(file).draft.replace(node, parts, 'packages/bridge');
  return true;
}

/** Notes that middleware of a package runs behind a bridge. */
export function noteBridge(
  conversion: Conversion,
  { file, node, package: from }: Pick<PackageArgument, 'file' | 'node' | 'package'>,
  why?: string,
): void {
  if (conversion.dry > 0) return;
  conversion.bridges.push({
    ...file.locate(node.start),
    name: from,
    outcome: 'bridged',
    reason: `\`${from}\` runs as it is, behind a bridge to Node's request and response${why === undefined ? '' : `: ${why}`}`,
    runtimes: RUNTIMES,
  });
}
