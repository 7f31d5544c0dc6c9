import type { Flow } from '../../../src/workspace/syntax/flow/flow.ts';
import type { FunctionValue, ModuleValue, Value } from '../../../src/workspace/syntax/flow/values.ts';
import { isHolder } from '../../../src/workspace/syntax/flow/values.ts';
import type { PackageReads } from './contract.ts';
import { copiedExports } from './defined.ts';

/** What a package gives to be registered. */
interface Made {
  kind: PackageReads['kind'];
  functions: FunctionValue[];
  /** The functions that are called on the way. */
  called: FunctionValue[];
}

/**
 * The functions that a package gives out, which the application may call with whatever it likes. What these give is
 * called by the application as well, unless it takes what Express gives a handler.
 */
export function optionsOf(flow: Flow, module: ModuleValue): FunctionValue[] {
  const found = new Set<FunctionValue>();
  const seen = new Set<Value>();
  const visit = (value: Value, depth: number): void => {
    if (seen.has(value) || depth > 4) return;
    seen.add(value);
    if (value.kind === 'function') {
      found.add(value);
      for (const each of value.returns.values)
        if (each.kind !== 'function' || each.parameters.length < 3) visit(each, depth + 1);
    }
    if (value.kind === 'class') {
      if (value.constructorFunction !== null) found.add(value.constructorFunction);
      visit(value.instance, depth + 1);
    }
    if (value.kind === 'module') for (const each of value.assigned.values) visit(each, depth);
    if (value.kind === 'external' || !isHolder(value)) return;
    for (const cell of value.members.values()) for (const each of cell.values) visit(each, depth + 1);
    const prototype = value.kind === 'function' ? flow.memberOf(value, 'prototype') : null;
    for (const each of prototype?.values ?? []) visit(each, depth + 1);
  };
  visit(module, 0);
  return [...found];
}

/** The functions that stand at the end of a path from a module; a sentence where there is more or less than functions. */
export function madeFunctions(flow: Flow, module: ModuleValue, path: readonly string[]): Made | string {
  const name = path.length === 0 ? 'it' : `\`${path.join('.').replaceAll('.()', '()')}\``;
  let values: Value[] = [
    module,
    ...module.assigned.values,
    ...valuesAt(flow, module, 'default'),
    ...copiedExports(flow, module),
  ];
  const called: FunctionValue[] = [];
  for (const step of path) {
    if (step === '()') called.push(...values.filter((each) => each.kind === 'function'));
    values = values.flatMap((value) => (step === '()' ? resultsOf(value) : valuesAt(flow, value, step)));
  }
  const all = [...new Set(values)].filter((each) => each.kind !== 'module');
  const list = all.find((each) => each.kind === 'array');
  const found =
    list === undefined
      ? all
      : [...new Set(all.flatMap((each) => (each === list ? elementsOf(flow, each) : [each])))];
  const functions = found.filter((each) => each.kind === 'function');
  const other = found.find((each) => each.kind !== 'function');
  if (other !== undefined || functions.length === 0)
    return `what ${name} gives to be registered is ${other?.kind === 'external' ? `of \`${other.module}\`` : 'no function that could be found'}`;
  const handleErrors = functions.filter(({ node }) => lengthOf(node) === 4);
  if (handleErrors.length > 0 && (list !== undefined || handleErrors.length < functions.length))
    return `what ${name} gives to be registered may be an error handler or none`;
  return {
    kind: list !== undefined ? 'list' : handleErrors.length > 0 ? 'errors' : 'middleware',
    functions,
    called,
  };
}

/** `length` of a function: the parameters before the first that has a default. */
function lengthOf(node: FunctionValue['node']): number {
  const parameters = node.params as { type: string }[];
  const first = parameters.findIndex(({ type }) => type === 'AssignmentPattern' || type === 'RestElement');
  return first < 0 ? parameters.length : first;
}

const resultsOf = (value: Value): Value[] => {
  if (value.kind === 'class') return [value.instance];
  if (value.kind === 'function') return [...value.returns.values];
  return value.kind === 'module' ? [] : [value];
};

function valuesAt(flow: Flow, value: Value, name: string): Value[] {
  const cell = flow.memberOf(value, name);
  flow.settle();
  return [...cell.values];
}

function elementsOf(flow: Flow, value: Value): Value[] {
  const cell = flow.elementsOf(value);
  flow.settle();
  return [...cell.values];
}
