import { discover } from '../../../src/workspace/discover.ts';
import type { ExpressProgram, HandlerArgument } from '../../../src/workspace/express/program.ts';
import type { PackageArgument } from '../../../src/workspace/express/registrations.ts';
import { argumentsOf, isFunction, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Answered, Bridging, PackageRule } from './_contract.ts';

/** What is known of packages, by name: one file each in this folder. */
export const PACKAGES: ReadonlyMap<string, PackageRule> = new Map(
  (await discover<PackageRule>(new URL('./', import.meta.url))).map((rule) => [rule.name, rule]),
);

/** What the installed code of a package without a rule came to, by the argument its middleware is registered as. */
const read = new WeakMap<SyntaxNode, PackageRule | string>();

/** Notes what reading the code of a package came to: a rule, or a sentence why there is none. */
export function noteRead(node: SyntaxNode, found: PackageRule | string): void {
  read.set(node, found);
}

/** What is known of the package of a middleware, or was read in its code. */
export function ruleOf({
  package: name,
  node,
}: Pick<PackageArgument, 'package' | 'node'>): PackageRule | undefined {
  const found = PACKAGES.get(name) ?? read.get(node);
  return typeof found === 'string' ? undefined : found;
}

/** Whether what is known of the package of a middleware was read in its code. */
export const isRead = (argument: Pick<PackageArgument, 'package' | 'node'>): boolean =>
  !PACKAGES.has(argument.package) && ruleOf(argument) !== undefined;

/** Why nothing is known of the package of a middleware, where its code was read. */
export function whyUnread({ node }: Pick<PackageArgument, 'node'>): string | undefined {
  const found = read.get(node);
  return typeof found === 'string' ? found : undefined;
}

/** The function that middleware of a package hands its outcome to, instead of going on: its last argument, or what that call gives. */
export function outcomeCallback(
  { functionsAt }: Pick<ExpressProgram, 'functionsAt'>,
  argument: PackageArgument,
): SyntaxNode | null {
  const last = argument.call === null ? undefined : argumentsOf(argument.call.node).at(-1);
  const isTold = ruleOf(argument)?.tellsCallback?.test(argument.member) === true;
  if (!isTold || last === undefined) return null;
  const given = unwrap(last);
  const isMade = given.type === 'CallExpression' && functionsAt(given) !== null;
  return isFunction(given) || isMade ? given : null;
}

/** How a package's middleware runs behind a bridge; a sentence where it stays, undefined where nobody compared it. */
export function bridgingOf(argument: PackageArgument): Bridging | string | undefined {
  const bridge = ruleOf(argument)?.bridge;
  return typeof bridge === 'function' ? bridge(argument) : bridge;
}

/** Whether middleware is there for what it answers itself, as files and pages, and guards nothing. */
export const keepsNothingOut = (argument: HandlerArgument): boolean =>
  argument.kind === 'array'
    ? argument.items.every(keepsNothingOut)
    : argument.kind === 'package' &&
      (ruleOf(argument)?.keepsNothingOut === true ||
        (argument.package === 'express' && argument.member === 'static'));

/** The only requests that a package's middleware answers where it stays; null where it may be for any, and for errors. */
export const answeredBy = (argument: HandlerArgument): readonly Answered[] | null =>
  argument.kind === 'package' ? (ruleOf(argument)?.answersOnly?.(argument) ?? null) : null;

/** What a package's middleware puts on the request. */
export function providedBy(argument: PackageArgument): readonly string[] {
  const provides = ruleOf(argument)?.provides ?? [];
  return typeof provides === 'function' ? provides(argument) : provides;
}

/** Packages whose import goes once nothing uses it. Multer stays: the parity module stands on it. */
export const REPLACED_PACKAGES = new Set([
  'express',
  'body-parser',
  'cookie-parser',
  'express-async-errors',
  'multer',
]);

/** Whether an argument is the error handler of a package. */
export const isPackageErrors = (argument: HandlerArgument): boolean =>
  argument.kind === 'package' && byOf(argument) === 'bridgeError';

function byOf(argument: PackageArgument): Bridging['by'] {
  const bridging = bridgingOf(argument);
  return typeof bridging === 'object' ? bridging.by : undefined;
}

/** Whether the error handler of a package hands on what is not its own. */
export function passesErrorsOn(argument: PackageArgument): boolean {
  const bridging = bridgingOf(argument);
  return typeof bridging === 'object' && bridging.passesOn === true;
}
