import type { Scope } from '../../../src/workspace/server/model.ts';
import {
  argumentsOf,
  child,
  children,
  isIdentifier,
  propertyKeyName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { range } from '../../shared/edit/draft.ts';
import { deleteStatement } from '../../shared/edit/emit.ts';
import { type FileWork, replace } from '../../shared/edit/work.ts';
import type { PackageRule } from '../packages/contract.ts';
import { ruleOf } from '../packages/index.ts';
import { ask } from '../packages/use.ts';
import { type Conversion, type InstanceCall, problem } from '../state.ts';

/** What loads plugins of the application itself. */
export const LOADERS: ReadonlySet<string> = new Set([
  'fastify-plugin',
  '@fastify/plugin',
  '@fastify/autoload',
  'fastify-autoload',
]);

/** A plugin of a package that something stands for, where it is registered. */
export interface Registered extends InstanceCall {
  plugin: SyntaxNode;
  rule: PackageRule;
}

/** Finds the packages that are registered, before anything is converted: what they give is asked for everywhere. */
export function readRegisters(conversion: Conversion, scopes: readonly Scope[]): Registered[] {
  const found: Registered[] = [];
  for (const call of conversion.calls) {
    const [plugin] = argumentsOf(call.node);
    if (call.member !== 'register' || plugin === undefined) continue;
    const modules = modulesOf(conversion, plugin);
    if (conversion.target === 'workers' && isAutoload(conversion, plugin))
      problem(
        conversion,
        call.file,
        plugin,
        'workers',
        'it loads the files of a folder, and a Worker has none',
      );
    for (const module of modules) {
      const rule = ruleOf(conversion.manifest, module);
      if (typeof rule === 'string') problem(conversion, call.file, plugin, 'plugin', rule);
      else if (rule === undefined)
        problem(
          conversion,
          call.file,
          plugin,
          'plugin',
          `nothing stands for \`${module}\`, a plugin of a package`,
        );
      else {
        conversion.packages.add(rule);
        found.push({ ...call, plugin, rule });
      }
    }
  }
  judgeLoaded(conversion, scopes);
  return found;
}

/** The packages that a plugin may be of. */
export const modulesOf = ({ flow }: Conversion, plugin: SyntaxNode): ReadonlySet<string> =>
  new Set(
    flow
      .valuesOf(plugin)
      .flatMap((value) =>
        value.kind === 'external' && value.origin === 'package' && !LOADERS.has(value.module)
          ? [value.module]
          : [],
      ),
  );

/** Plugins of packages that a file gives out as they are, for `@fastify/autoload` to register: no call shows them. */
function judgeLoaded(conversion: Conversion, scopes: readonly Scope[]) {
  for (const { steps } of scopes)
    for (const step of steps) {
      if (step.kind !== 'middleware') continue;
      for (const { package: name, file, node } of step.handlers.flatMap(({ packages }) => packages)) {
        const isGiven = conversion.flow
          .valuesOf(node)
          .some((value) => value.kind === 'external' && value.module === name);
        if (isGiven || LOADERS.has(name)) continue;
        const rule = ruleOf(conversion.manifest, name);
        if (typeof rule === 'object' && rule.stays === true) conversion.packages.add(rule);
        else
          problem(
            conversion,
            file,
            node,
            'plugin',
            `\`${name}\` is loaded by a file that gives out the plugin itself`,
          );
      }
    }
}

/** Writes what stands for a package where it was registered. */
export function convertRegister(conversion: Conversion, register: Registered) {
  const { file, node, plugin, rule } = register;
  const work = conversion.workOf(file);
  if (conversion.target === 'workers' && rule.noWorker !== undefined)
    return problem(
      conversion,
      file,
      plugin,
      'workers',
      `\`${rule.name}\` cannot run there: ${rule.noWorker}`,
    );
  const against = reasonAgainst(conversion, register);
  if (against !== null) return problem(conversion, file, plugin, 'plugin', against);
  if (rule.stays === true) return;
  if (rule.becomes !== undefined)
    return replace(
      conversion,
      work,
      plugin,
      [ask(conversion, work, `parity/${rule.becomes.file}`, rule.becomes.name)],
      'plugin',
    );
  removeRegister(conversion, work, node);
}

/** Why a plugin is registered in a way that nothing stands for; null where something does. */
export function reasonAgainst(
  conversion: Conversion,
  { file, node, plugin, rule }: Registered,
): string | null {
  const options = argumentsOf(node)[1] ?? null;
  const names = namesOf(conversion, options);
  return rule.against?.({ work: conversion.workOf(file), plugin, names }) ?? null;
}

/** Whether a plugin is the one that loads a folder. */
const isAutoload = ({ flow }: Conversion, plugin: SyntaxNode): boolean =>
  flow.valuesOf(plugin).some((value) => value.kind === 'external' && /autoload$/.test(value.module));

/** Names of the options; null where they are not written down. */
function namesOf({ flow }: Conversion, options: SyntaxNode | null): string[] | null {
  if (options === null) return [];
  const names: string[] = [];
  const values = flow.valuesOf(options);
  if (values.length === 0) return null;
  for (const value of values) {
    if (value.kind !== 'object') return null;
    for (const property of children(value.node, 'properties')) {
      const name = property.type === 'SpreadElement' ? null : propertyKeyName(property);
      if (name === null) return null;
      names.push(name);
    }
  }
  return names;
}

function removeRegister(conversion: Conversion, work: FileWork, call: SyntaxNode) {
  const callee = child(call, 'callee');
  const object = callee === null ? null : child(callee, 'object');
  const up = work.parents.get(call);
  const statement =
    up?.type === 'AwaitExpression' || up?.type === 'UnaryExpression' ? work.parents.get(up) : up;
  if (statement?.type === 'ExpressionStatement' && isIdentifier(object))
    return deleteStatement(conversion, work, statement, 'plugin');
  if (object !== null) replace(conversion, work, range(call, object.end, call.end), [''], 'plugin');
}
