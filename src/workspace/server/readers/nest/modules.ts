import type { ClassValue, Value } from '../../../syntax/flow/values.ts';
import { argumentsOf } from '../../../syntax/nodes.ts';
import type { Reading } from '../../reader.ts';
import { isExternal, wayTo } from '../../values.ts';
import { argumentsIn, decorationsOf, listed } from './decorators.ts';

/** What a module of Nest and those it imports bring. */
export interface ModuleGraph {
  /** Controllers in the order they are met, with the path that `RouterModule` gives their module. */
  controllers: ReadonlyMap<ClassValue, string>;
  /** Guards, interceptors and filters that providers make global. */
  providers: readonly { token: string; value: Value }[];
  /** Modules, for the middleware that they configure. */
  modules: readonly ClassValue[];
  /** Whether something it imports could not be followed. */
  isPartial: boolean;
}

/** Follows `imports` from an application's module, dynamic modules and `forwardRef` included. */
export function moduleGraph(reading: Reading, root: ClassValue): ModuleGraph {
  const { flow, arguments: args } = reading;
  const owners = new Map<ClassValue, ClassValue>();
  const modules = new Set<ClassValue>();
  const providers: ModuleGraph['providers'][number][] = [];
  const paths = new Map<ClassValue, string>();
  const done = new Set<Value>();
  let isPartial = false;

  function define(owner: ClassValue, object: Value | undefined): void {
    for (const controller of listed(reading, object, 'controllers'))
      if (controller.kind === 'class' && !owners.has(controller)) owners.set(controller, owner);
      else if (controller.kind === 'unknown') isPartial = true;
    for (const provider of listed(reading, object, 'providers')) provide(provider);
    for (const imported of listed(reading, object, 'imports')) take(imported);
  }

  function provide(provider: Value): void {
    const token = args.property(provider, 'provide');
    const [name] = (token?.values ?? []).flatMap((value) => (isExternal(value) ? value.path.at(-1) : []));
    if (name === undefined) return;
    for (const key of ['useClass', 'useValue', 'useExisting'])
      for (const value of args.property(provider, key)?.values ?? []) providers.push({ token: name, value });
  }

  function take(value: Value): void {
    if (done.has(value)) return;
    done.add(value);
    if (value.kind === 'class') {
      modules.add(value);
      for (const decoration of decorationsOf(reading, value.node)) {
        if (decoration.name !== 'Module') continue;
        const [options] = argumentsIn(decoration);
        for (const object of args.objects(options)) define(value, object);
      }
      for (const parent of value.parents.values) if (parent.kind === 'class') take(parent);
    } else if (value.kind === 'object') {
      for (const owner of args.property(value, 'module')?.values ?? [])
        if (owner.kind === 'class') {
          take(owner);
          define(owner, value);
        }
    } else if (value.kind === 'array') for (const item of flow.elementsOf(value).values) take(item);
    else if (isExternal(value)) takeExternal(wayTo(value), value.calls.at(-1)?.node);
    else if (value.kind === 'unknown') isPartial = true;
  }

  function takeExternal(way: string, call: Parameters<typeof argumentsOf>[0] | undefined): void {
    const [first] = call === undefined ? [] : argumentsOf(call);
    if (first === undefined) return;
    const values = flow.valuesOf(first);
    if (way === 'forwardRef.()')
      for (const value of values)
        if (value.kind === 'function') for (const inner of value.returns.values) take(inner);
    if (way === 'ConditionalModule.registerWhen.()') for (const value of values) take(value);
    if (way === 'RouterModule.register.()' || way === 'RouterModule.forRoutes.()')
      for (const value of values) takeRoutes(value, '');
  }

  function takeRoutes(value: Value, above: string): void {
    if (value.kind === 'array') for (const item of flow.elementsOf(value).values) takeRoutes(item, above);
    if (value.kind === 'class') paths.set(value, above);
    if (value.kind !== 'object') return;
    const path = args.property(value, 'path');
    const own = path === null ? above : `${above}/${(args.texts(path)[0] ?? '').replace(/^\/+|\/+$/g, '')}`;
    for (const owner of args.property(value, 'module')?.values ?? [])
      if (owner.kind === 'class') paths.set(owner, own);
    for (const child of args.property(value, 'children')?.values ?? []) takeRoutes(child, own);
  }

  take(root);
  return {
    controllers: new Map([...owners].map(([controller, owner]) => [controller, paths.get(owner) ?? ''])),
    ...{ providers, modules: [...modules] },
    get isPartial() {
      return isPartial;
    },
  };
}
