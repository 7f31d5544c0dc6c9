import { functionName } from '../express/functions.ts';
import type { Flow } from '../syntax/flow/flow.ts';
import type { ExternalValue, FunctionValue, Value } from '../syntax/flow/values.ts';
import { argumentsOf, parametersOf, patternTarget } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/parse.ts';
import type { PackageUse, Passed, Place, Port, PortKind, ServerFunction } from './model.ts';

/** What a framework passes by position; or what it passes to one function. */
export type Ports = readonly (PortKind | null)[] | ((fn: SyntaxNode) => readonly (PortKind | null)[]);

/** Describes what arguments hold as functions that a framework calls. */
export interface Handlers {
  /** Everything an argument may be, lists opened, functions given to packages' wrappers included. */
  passed(place: Place, ports: Ports, values?: readonly Value[]): Passed;
  function(place: Place, ports: Ports): ServerFunction;
}

/** Packages whose values are the framework's own are no middleware of a package: `app.decorated`. */
export function createHandlers(flow: Flow, isOwn: (value: ExternalValue) => boolean): Handlers {
  const known = new Map<SyntaxNode, ServerFunction>();

  function toFunction({ file, node }: Place, ports: Ports): ServerFunction {
    let fn = known.get(node);
    if (fn === undefined) {
      fn = {
        file,
        node,
        name: functionName(file, node),
        location: file.locate(node.start),
        ports: portsOf(node, ports),
      };
      known.set(node, fn);
    }
    return fn;
  }

  function passed(place: Place, ports: Ports, given?: readonly Value[]): Passed {
    const functions = new Set<ServerFunction>();
    const packages: PackageUse[] = [];
    let isUnknown = false;
    const seen = new Set<Value>();
    const take = (value: Value): void => {
      if (seen.has(value)) return;
      seen.add(value);
      if (value.kind === 'function') functions.add(toFunction(value, ports));
      else if (value.kind === 'array') for (const item of flow.elementsOf(value).values) take(item);
      else if (value.kind === 'external') takeExternal(value);
      else if (value.kind === 'unknown') isUnknown = true;
    };
    const takeExternal = (value: ExternalValue): void => {
      if (value.origin === 'package' && !isOwn(value)) packages.push({ ...place, ...packageMember(value) });
      for (const call of value.calls)
        for (const argument of argumentsOf(call.node))
          for (const item of flow.valuesOf(argument))
            if (item.kind === 'function' || item.kind === 'array') take(item);
    };
    const values = given ?? flow.valuesOf(place.node);
    for (const value of values) take(value);
    const found = functions.size + packages.length;
    return { ...place, functions: [...functions], packages, isUnknown: isUnknown || found === 0 };
  }

  return { passed, function: toFunction };
}

function portsOf(fn: SyntaxNode, ports: Ports): Port[] {
  const kinds = typeof ports === 'function' ? ports(fn) : ports;
  return parametersOf(fn).map((parameter, index) => ({
    parameter: patternTarget(parameter),
    kind: kinds[index] ?? null,
  }));
}

/** `json` of `express.json()`; calls and `default` left out. */
export function packageMember(value: ExternalValue): { package: string; member: string } {
  const names = value.path.filter((step) => step !== '()' && step !== 'default');
  return { package: value.module, member: names.join('.') };
}

/** Hands a value to the parameter of each function that arrives in a place, now and later. */
export function handTo(flow: Flow, node: SyntaxNode, position: number, value: Value): void {
  const cell = flow.cellOf(node);
  if (cell !== null)
    flow.read(cell, (held) => held.kind === 'function' && giveTo(flow, held, position, value));
}

/** Hands a value to a parameter. */
export function giveTo(flow: Flow, fn: FunctionValue, position: number, value: Value): void {
  const parameter = fn.parameters[position];
  if (parameter !== undefined) flow.add(parameter, value);
}
