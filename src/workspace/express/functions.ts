import { resolveBindings } from '../syntax/bindings.ts';
import type { Flow } from '../syntax/flow/flow.ts';
import type { Cell, FunctionValue, Value } from '../syntax/flow/values.ts';
import { child, field, isFunction, parametersOf, propertyKeyName } from '../syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../syntax/parse.ts';
import { enclosingFunction, parentsOf } from '../syntax/walk.ts';
import { rolesIn, takenOutBy } from './handed.ts';
import type { ExpressFunction, FunctionKind, FunctionUse, ParserOption, Role } from './program.ts';

const HANDLER: Role[] = ['req', 'res', 'next'];
const ERROR_HANDLER: Role[] = ['err', 'req', 'res', 'next'];
const PARAM: Role[] = ['req', 'res', 'next', 'value', 'name'];
const OPTIONS: Readonly<Record<ParserOption, Role[]>> = { verify: ['req', 'res'], type: ['req'] };
export const PARSER_OPTIONS = Object.keys(OPTIONS) as ParserOption[];

/** `Function.length`: parameters before the first default or rest. Express tells error handlers by it. */
export function arity(fn: SyntaxNode): number {
  const params = parametersOf(fn);
  const end = params.findIndex((param) => param.type === 'AssignmentPattern' || param.type === 'RestElement');
  return end < 0 ? params.length : end;
}

/** Hands Express's values to everything a cell holds that Express would call, as what it is called. */
export function seedRoles(
  flow: Flow,
  cell: Cell,
  as: 'handler' | 'param' | ParserOption,
  onFunction: (fn: FunctionValue) => void,
): void {
  const seen = new Set<Value>();
  const seed = (value: Value): void => {
    if (seen.has(value)) return;
    seen.add(value);
    if (value.kind === 'array') flow.read(flow.elementsOf(value), seed);
    if (value.kind !== 'function') return;
    onFunction(value);
    const roles = rolesOf(as, value.node);
    const rest = parametersOf(value.node).findIndex((param) => param.type === 'RestElement');
    for (const [index, role] of roles.entries()) {
      const parameter = value.parameters[rest >= 0 ? Math.min(index, rest) : index];
      if (parameter !== undefined && role !== null) flow.add(parameter, flow.marker(role));
    }
  };
  flow.read(cell, seed);
}

function rolesOf(as: 'handler' | 'param' | ParserOption, fn: SyntaxNode): Role[] {
  if (as === 'param') return PARAM;
  if (as !== 'handler') return OPTIONS[as];
  return arity(fn) === 4 ? ERROR_HANDLER : HANDLER;
}

/** The name people would call a function by: its own, or that of the variable, property or method it stands in. */
export function functionName(file: ParsedFile, node: SyntaxNode): string {
  const own = child(node, 'id');
  if (own !== null) return field(own, 'name');
  const parents = parentsOf(file);
  let at: SyntaxNode = node;
  for (let up = parents.get(at); up !== undefined; at = up, up = parents.get(up)) {
    if (up.type === 'VariableDeclarator') return field(child(up, 'id') ?? up, 'name') || '(anonymous)';
    if (up.type === 'Property' || up.type === 'MethodDefinition' || up.type === 'PropertyDefinition') {
      return propertyKeyName(up) ?? '(anonymous)';
    }
    if (up.type === 'AssignmentExpression') {
      const left = child(up, 'left');
      const property = left && child(left, 'property');
      if (left?.type === 'Identifier') return field(left, 'name');
      return property?.type === 'Identifier' && property.name !== 'exports'
        ? field(property, 'name')
        : '(anonymous)';
    }
    const isFactoryBody = isFunction(up) && child(up, 'body') === at;
    if (!isFactoryBody && !/^(?:CallExpression|TS\w+|ReturnStatement|BlockStatement)$/.test(up.type)) break;
    if (up.type === 'CallExpression' && child(up, 'callee') === at) break;
    if (up.type === 'CallExpression' && !isWrapped(parents.get(up))) break;
    if (up.type === 'BlockStatement' && !isFunction(parents.get(up))) break;
  }
  return '(anonymous)';
}

/** A call whose result gets a name gives that name to the function it wraps: `exports.list = wrap(() => …)`. */
const isWrapped = (parent: SyntaxNode | undefined): boolean =>
  /^(?:VariableDeclarator|Property|PropertyDefinition|AssignmentExpression)$/.test(parent?.type ?? '');

/** What the analysis gathers about one function before it is complete. */
interface Draft {
  value: FunctionValue;
  uses: FunctionUse[];
  escapes: { location: ReturnType<ParsedFile['locate']>; reason: string }[];
  fn: ExpressFunction;
}

/** What registration found: functions Express calls, and among them the callbacks of `param()`. */
export interface Seeded {
  all: Set<SyntaxNode>;
  params: Set<SyntaxNode>;
  /** What stands in the options of body parsers that are functions of the request. */
  options: { option: ParserOption; cell: Cell; file: ParsedFile; call: SyntaxNode }[];
}

/** Collects the functions that Express calls, and those that are handed its req, res or next by others. */
export function collectFunctions(flow: Flow, seeded: Seeded): Map<SyntaxNode, Draft> {
  const drafts = new Map<SyntaxNode, Draft>();
  for (const value of flow.functions()) {
    const isSeeded = seeded.all.has(value.node);
    const found = value.parameters.map((cell) =>
      rolesIn(cell).filter((role) => isSeeded || (role !== 'value' && role !== 'name')),
    );
    const isHanded = isSeeded || found.flat().some((role) => role !== 'err');
    const takenOut = isHanded ? [] : takenOutBy(flow, value);
    if (!isHanded && takenOut.length === 0) continue;
    const location = value.file.locate(value.node.start);
    const uses: FunctionUse[] = [];
    const escapes: Draft['escapes'] = [];
    for (const [index, roles] of found.entries()) {
      if (roles.length > 1 && !isRest(value.node, index)) {
        escapes.push({ location, reason: `parameter ${index + 1} receives ${roles.join(' and ')}` });
      }
    }
    const kind: FunctionKind = seeded.params.has(value.node) ? 'param' : 'helper';
    const fn: ExpressFunction = {
      id: `${value.file.path}:${value.node.start}`,
      file: value.file,
      node: value.node,
      name: functionName(value.file, value.node),
      location,
      kind,
      roles: found.map((roles) => (roles.length === 1 ? (roles[0] ?? null) : null)),
      takenOut,
      uses,
      escapes,
    };
    drafts.set(value.node, { value, uses, escapes, fn });
  }
  return drafts;
}

const isRest = (fn: SyntaxNode, index: number): boolean => parametersOf(fn)[index]?.type === 'RestElement';

/** Adds how each function is reached besides registration: calls in the program, and factories that return it. */
export function addCallsAndReturns(flow: Flow, drafts: ReadonlyMap<SyntaxNode, Draft>): void {
  const byNode = new Map<SyntaxNode, ExpressFunction>();
  for (const { fn } of drafts.values()) byNode.set(fn.node, fn);
  const enclosing = (file: ParsedFile, node: SyntaxNode): ExpressFunction | null => {
    for (let up = enclosingFunction(file, node); up !== null; up = enclosingFunction(file, up)) {
      const fn = byNode.get(up);
      if (fn !== undefined) return fn;
    }
    return null;
  };
  for (const { value, uses } of drafts.values()) {
    const seen = new Set<SyntaxNode>();
    for (const { file, node } of value.calls) {
      if (seen.has(node)) continue;
      seen.add(node);
      uses.push({ kind: 'called', by: enclosing(file, node), file, call: node });
    }
  }
  for (const factory of flow.functions()) {
    for (const value of factory.returns.values) {
      if (value.kind === 'function') {
        drafts.get(value.node)?.uses.push({ kind: 'returned', factory: factory.node, file: factory.file });
      }
    }
  }
}

/**
 * Gives what a wrapper is given the kind of the rest: `asyncHandler(async (req, res, next) => …)` is middleware also
 * where nothing registers what the wrapper makes of it, for the wrapper calls it as it calls those that are registered.
 */
export function noteWrapped(drafts: ReadonlyMap<SyntaxNode, Draft>): void {
  const called = new Map<SyntaxNode, ExpressFunction[]>();
  for (const { fn } of drafts.values()) {
    for (const use of fn.uses)
      if (use.kind === 'called') called.set(use.call, [...(called.get(use.call) ?? []), fn]);
  }
  for (const { fn } of drafts.values()) {
    if (fn.kind !== 'helper' || fn.uses.length === 0) continue;
    const isWrapped = fn.uses.every(
      (use) =>
        use.kind === 'returned' ||
        (use.kind === 'called' &&
          callsParameter(use.file, use.call) &&
          called.get(use.call)?.some(({ kind }) => kind === 'handler' || kind === 'middleware')),
    );
    if (isWrapped && fn.roles.every((role, index) => role === HANDLER[index])) fn.kind = 'middleware';
  }
}

/** `fn(req, res, next)`, where `fn` is a parameter of a function around the one that calls it. */
function callsParameter(file: ParsedFile, call: SyntaxNode): boolean {
  const callee = child(call, 'callee');
  const binding = callee?.type === 'Identifier' ? resolveBindings(file).bindingOf(callee) : null;
  const own = enclosingFunction(file, call);
  return binding?.kind === 'parameter' && own !== null && binding.node.start < own.start;
}

/** Adds to the options of body parsers which parser calls them; not where something else may stand there as well. */
export function addOptions({ options }: Seeded, drafts: ReadonlyMap<SyntaxNode, Draft>): void {
  for (const { option, cell, file, call } of options) {
    const held = [...cell.values];
    if (held.some(({ kind }) => kind !== 'function')) continue;
    for (const value of held)
      if (value.kind === 'function')
        drafts.get(value.node)?.uses.push({ kind: 'option', option, file, call });
  }
}

/** Functions that look like handlers but receive nothing that was followed. */
export function unreachedHandlers(flow: Flow, drafts: ReadonlyMap<SyntaxNode, Draft>) {
  const found: {
    file: ParsedFile;
    node: SyntaxNode;
    name: string;
    location: ReturnType<ParsedFile['locate']>;
  }[] = [];
  for (const value of flow.functions()) {
    if (drafts.has(value.node)) continue;
    const names = parametersOf(value.node).map((param) =>
      param.type === 'Identifier' ? field(param, 'name').replace(/^_/, '') : '',
    );
    const at = names[0] === 'err' || names[0] === 'error' ? 1 : 0;
    const looksLike =
      /^(?:req|request)$/.test(names[at] ?? '') && /^(?:res|response)$/.test(names[at + 1] ?? '');
    if (!looksLike) continue;
    const { file, node } = value;
    found.push({ file, node, name: functionName(file, node), location: file.locate(node.start) });
  }
  return found;
}
