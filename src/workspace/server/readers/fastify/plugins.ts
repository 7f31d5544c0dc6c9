import type { ExternalCall } from '../../../syntax/flow/flow.ts';
import type { ExternalValue, FunctionValue, Value } from '../../../syntax/flow/values.ts';
import { argumentsOf, child, literalText } from '../../../syntax/nodes.ts';
import type { SyntaxNode } from '../../../syntax/parse.ts';
import { walk } from '../../../syntax/walk.ts';
import { giveTo } from '../../handlers.ts';
import type { Place } from '../../model.ts';
import type { Reading } from '../../reader.ts';
import { isExternal, wayTo } from '../../values.ts';
import { type AutoloadedFile, autoloaded, isAutoload } from './autoload.ts';
import { instanceMember, makeInstance } from './surface.ts';

/** A plugin registered on an instance: the function, and the instance that it is called with. */
export interface Registered {
  on: ExternalValue;
  instance: ExternalValue;
  call: Place;
  plugin: FunctionValue;
  /** Null: the options of the call say it, or nothing does. */
  prefix: string | null;
}

/** Everything that `register` was seen to do. */
export interface Plugins {
  registered: readonly Registered[];
  /** Plugins of packages: what routes they add is theirs. `isLoaded`: by a file of a folder, which may give options of its own. */
  packages: readonly (Place & { on: ExternalValue; value: ExternalValue; isLoaded: boolean })[];
  /** Calls whose plugin could not be followed. */
  lost: readonly (Place & { reason: string })[];
  /** Registers a function as a root, as Fastify's own command does. */
  root(fn: FunctionValue, place: Place): ExternalValue;
}

/** Packages whose call gives a plugin that shares its parent's instance. */
const SHARING = new Set(['fastify-plugin', '@fastify/plugin']);

/** Hands instances to plugins as they are registered, and keeps which is whose. */
export function followPlugins(reading: Reading): Plugins {
  const { flow } = reading;
  const registered: Registered[] = [];
  const packages: Plugins['packages'][number][] = [];
  const lost: Plugins['lost'][number][] = [];
  const seen = new Map<SyntaxNode, Map<ExternalValue, Set<unknown>>>();
  const decorated: { name: string; value: Value }[] = [];
  const instances = new Set<ExternalValue>();

  /** Whether a call was not seen yet to register something on an instance. */
  function isNew(call: SyntaxNode, on: ExternalValue, what: unknown): boolean {
    const byInstance = seen.get(call) ?? new Map<ExternalValue, Set<unknown>>();
    seen.set(call, byInstance);
    const known = byInstance.get(on) ?? new Set();
    byInstance.set(on, known);
    const isFresh = !known.has(what);
    known.add(what);
    return isFresh;
  }

  function instanceAt(): ExternalValue {
    const instance = makeInstance();
    instances.add(instance);
    for (const { name, value } of decorated) flow.setMember(instance, name, value);
    return instance;
  }

  /** What `decorate` gives one instance, those below see; which are below is not told apart. */
  function decorate(on: ExternalValue, { node, arguments: args }: ExternalCall): void {
    instances.add(on);
    const [named] = argumentsOf(node);
    const held = args[1];
    if (named === undefined || held === undefined) return;
    for (const text of flow.valuesOf(named)) {
      if (text.kind !== 'text') continue;
      flow.read(held, (value) => {
        decorated.push({ name: text.text, value });
        for (const instance of instances) flow.setMember(instance, text.text, value);
      });
    }
  }

  function enter(
    on: ExternalValue,
    value: Value,
    call: ExternalCall,
    shares: boolean,
    file?: AutoloadedFile,
  ): void {
    const place = { file: call.file, node: call.node };
    if (value.kind === 'function') {
      if (!isNew(call.node, on, value)) return;
      const isShared = shares || isMarkedShared(reading, value);
      const instance = isShared ? on : instanceAt();
      registered.push({
        on,
        instance,
        call: place,
        plugin: value,
        prefix: isShared ? '' : (file?.prefix ?? null),
      });
      giveTo(flow, value, 0, instance);
      const options = call.arguments[1];
      const second = value.parameters[1];
      if (options !== undefined && second !== undefined) flow.flow(options, second);
    } else if (value.kind === 'module') {
      const take = (inner: Value) => inner !== value && enter(on, inner, call, shares, file);
      flow.read(value.assigned, take);
      flow.read(flow.memberOf(value, 'default'), take);
    } else if (isExternal(value) && SHARING.has(value.module)) {
      const made = value.calls.at(-1);
      const [plugin] = made === undefined ? [] : argumentsOf(made.node);
      const cell = plugin && flow.cellOf(plugin);
      if (cell) flow.read(cell, (inner) => enter(on, inner, call, true, file));
    } else if (isExternal(value) && isAutoload(value)) {
      if (!isNew(call.node, on, 'autoload')) return;
      const found = autoloaded(reading, call);
      if (typeof found === 'string') lost.push({ ...place, reason: found });
      else for (const each of found) load(on, call, each);
    } else if (isExternal(value) && value.origin === 'package' && wayTo(value) !== 'then') {
      if (isNew(call.node, on, value)) packages.push({ ...place, on, value, isLoaded: file !== undefined });
    } else if (value.kind === 'object') {
      const inner = flow.memberOf(value, 'default');
      flow.read(inner, (held) => enter(on, held, call, shares, file));
    } else if (value.kind === 'unknown' && isNew(call.node, on, 'unknown'))
      lost.push({ ...place, reason: 'what it registers could not be followed' });
  }

  function load(on: ExternalValue, call: ExternalCall, file: AutoloadedFile): void {
    flow.include(file.path);
    const module = flow.moduleOf(file.path);
    const take = (value: Value) => enter(on, value, call, file.shares, file);
    flow.read(module.assigned, take);
    flow.read(flow.memberOf(module, 'default'), take);
  }

  flow.onExternalCall((call) => {
    const found = instanceMember(call.callee);
    if (found === null) return;
    if (found.member === 'decorate') decorate(found.instance, call);
    const [plugin] = call.arguments;
    if (found.member === 'register' && plugin !== undefined)
      flow.read(plugin, (value) => enter(found.instance, value, call, false));
  });

  return {
    ...{ registered, packages, lost },
    root(fn, place) {
      const instance = instanceAt();
      giveTo(flow, fn, 0, instance);
      registered.push({ on: instance, instance, call: place, plugin: fn, prefix: '' });
      return instance;
    },
  };
}

/** `plugin[Symbol.for('skip-override')] = true`: what `fastify-plugin` does, by hand. */
function isMarkedShared({ flow }: Reading, { file, node }: FunctionValue): boolean {
  if (!file.text.includes('skip-override')) return false;
  let isMarked = false;
  walk(file.program, {
    enter(at) {
      const left = at.type === 'AssignmentExpression' ? child(at, 'left') : null;
      const [object, key] = left === null ? [null, null] : [child(left, 'object'), child(left, 'property')];
      if (object === null || key === null || literalText(argumentsOf(key)[0]) !== 'skip-override') return;
      isMarked ||= flow.valuesOf(object).some((value) => value.kind === 'function' && value.node === node);
    },
  });
  return isMarked;
}
