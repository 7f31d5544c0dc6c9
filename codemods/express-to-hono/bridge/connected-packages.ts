import type { CodemodInput } from '../../../src/codemod/contract.ts';
import type { ExpressProgram } from '../../../src/workspace/express/program.ts';
import type { PackageArgument } from '../../../src/workspace/express/registrations.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { importsOf } from '../../shared/edit/imports-of.ts';
import { bridgingOf, isRead as isReadRule, PACKAGES, ruleOf } from '../packages/_known.ts';
import { nativePackages, packageUses } from '../packages/_native.ts';
import { readUnknown } from '../reads/read-unknown.ts';
import type { BehaviourName } from '../state/behaviours.ts';
import { type Conversion, type ConversionOptions, createConversion } from '../state/conversion.ts';
import type { Natives, OnContext, OnContexts } from '../state/native.ts';
import { isNamedOverride, isWrappable } from './bridged-packages.ts';
import { hasReplacement } from './replaced-packages.ts';

/** What middleware of packages becomes, and what stays what it is: on Hono's context, or behind the bridge. */
export interface PackageOptions {
  bridged: Pick<ConversionOptions, 'natives' | 'onContext'>;
  /** The same as `bridged` where some of it needs Node's request. */
  connected: Pick<ConversionOptions, 'natives' | 'connects' | 'onContext'>;
}

/** Looks at all middleware of packages before anything is converted: what both worlds need is decided once. */
export async function packageOptions(
  input: CodemodInput,
  program: ExpressProgram,
  given: ConversionOptions,
): Promise<PackageOptions> {
  const plain = createConversion(program, given);
  readUnknown(input, program, plain, (each) => PACKAGES.has(each.package) || hasReplacement(each));
  const natives: Natives =
    given.parity === 'idiomatic' ? await nativePackages(input, program, plain) : new Map();
  const onContext: OnContexts =
    given.parity === 'idiomatic' ? await alonePackages(input, program, plain) : new Map();
  const connected =
    given.parity === 'idiomatic'
      ? await connectedPackages(input, program, plain, { natives, onContext })
      : null;
  return {
    bridged: { natives, onContext },
    connected: { ...(connected ?? { natives }), onContext },
  };
}

/** What of them runs on Hono's context by itself, by where it is registered. */
async function alonePackages(
  input: CodemodInput,
  program: ExpressProgram,
  conversion: Conversion,
): Promise<OnContexts> {
  const found = new Map<SyntaxNode, OnContext>();
  const { registered, useOf } = packageUses(input, program, conversion);
  for (const argument of registered) {
    const { node, call, package: name } = argument;
    const rule = ruleOf(argument)?.onContext;
    if (rule === undefined || !isWrappable(node)) continue;
    if (call === null && PACKAGES.has(name)) continue;
    const how = rule(await useOf(argument, call ?? argument));
    if (typeof how === 'object') found.set(node, how);
  }
  // A function that is handed the request finds there what all of a package's middleware left, or none of it.
  for (const { package: name } of registered) {
    const own = registered.filter((each) => each.package === name);
    if (PACKAGES.get(name)?.takesRequest !== undefined && own.some(({ node }) => !found.has(node)))
      for (const { node } of own) found.delete(node);
  }
  return found;
}

/**
 * How middleware of packages runs on Hono's context. Its parts hand each other what they put on the request, so that all of it
 * runs there; null where one part needs Node's request, or where there is none.
 */
async function connectedPackages(
  input: CodemodInput,
  program: ExpressProgram,
  conversion: Conversion,
  { natives, onContext }: { natives: Natives; onContext: OnContexts },
): Promise<Pick<ConversionOptions, 'natives' | 'connects'> | null> {
  const isReplaced = (argument: PackageArgument) =>
    argument.package === 'method-override' ? isNamedOverride(argument) : hasReplacement(argument, natives);
  const connects = new Map<SyntaxNode, readonly BehaviourName[]>();
  const others = new Map(natives);
  const { registered, useOf } = packageUses(input, program, conversion);
  for (const argument of registered) {
    const { node, call } = argument;
    const connect = ruleOf(argument)?.connects;
    if (onContext.has(node)) continue;
    if (connect === undefined && (isReplaced(argument) || typeof bridgingOf(argument) !== 'object')) continue;
    if (connect === undefined || (call === null && !isReadRule(argument))) return null;
    const found = connect(await useOf(argument, call ?? argument));
    if (typeof found === 'string') return null;
    connects.set(node, found);
    others.delete(call?.node ?? node);
  }
  const alone = new Set(registered.flatMap((each) => (onContext.has(each.node) ? each.package : [])));
  const isRead = program.files.some((file) =>
    importsOf(conversion.workOf(file)).some((each) => takesRequest(each) && !alone.has(each.module)),
  );
  // Cookies of that package would be set by Node's own method, once the response has those of Express.
  const isSetByNode =
    registered.some((each) => each.package === 'cookie-session') && registered.some(isReadRule);
  return connects.size === 0 || isRead || isSetByNode ? null : { natives: others, connects };
}

/** Whether a function of a package may be handed the request: it finds there what the package's own middleware left. */
const takesRequest = ({ module }: { module: string }): boolean =>
  PACKAGES.get(module)?.takesRequest !== undefined;
