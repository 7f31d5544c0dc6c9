export type { Call, ExternalCall, Flow } from './context.ts';

import { resolveBindings } from '../bindings.ts';
import type { Modules } from '../modules.ts';
import type { ParsedFile, SyntaxNode } from '../parse.ts';
import type { Binding } from '../scopes/scopes.ts';
import type { ExternalCall, Flow, FlowContext } from './context.ts';
import { createDerivations, DEEPEST_EXTERNAL } from './derivations.ts';
import { createMembers } from './members.ts';
import { generateFile } from './statements.ts';
import {
  type Cell,
  createPropagator,
  type ExternalValue,
  holder,
  type InstanceValue,
  isHolder,
  type MarkerValue,
  type ModuleValue,
  newCell,
  type TextValue,
  UNKNOWN,
  type Value,
} from './values.ts';

const deepest = (value: ExternalValue): ExternalValue | null => (value.origin === 'package' ? value : null);

export interface FlowOptions {
  /**
   * What a call of a package returns when that is one of the values on its path (fluent interfaces); null for a new
   * value.
   */
  normalise?(callee: ExternalValue, call: SyntaxNode): ExternalValue | null;
  /** Package values of which each call of a factory makes its own: apps, routers. */
  isFresh?(value: ExternalValue): boolean;
  /** Whether an imported file is analysed with its importer; all are by default. */
  admit?(path: string): boolean;
  /** Functions and package values whose call gives what it is given: wrappers of handlers. */
  passesOn?(callee: Value): boolean;
  /** Classes of packages whose instances are followed where a class of the program extends them; none by default. */
  isBase?(value: ExternalValue): boolean;
  /** Builtins and globals (`path.join`, `Map`) whose results are told apart by the call that made them; none by default. */
  tracks?(callee: ExternalValue): boolean;
}

/** Prepares the analysis of a repository's modules; nothing is read before `include`. */
export function createFlow(modules: Modules, options: FlowOptions = {}): Flow {
  const normalise = options.normalise ?? (() => null);
  const leftOut = new Set<string>();
  const propagator = createPropagator();
  const { add, flow, read, drain } = propagator;
  const instances = new Map<SyntaxNode, InstanceValue>();
  const files = new Map<string, ParsedFile>();
  const moduleValues = new Map<string, ModuleValue>();
  const bindingCells = new Map<Binding, Cell>();
  const texts = new Map<string, TextValue>();
  const roots = new Map<string, ExternalValue>();
  const markers = new Map<string, MarkerValue>();
  const placed = new Map<ParsedFile, { nodes: SyntaxNode[]; cells: Cell[] }>();
  const externalCalls: ExternalCall[] = [];
  const { derive, externalMember, closure, copyAt } = createDerivations(options.isFresh);
  const { member, readMember, writeMember } = createMembers(propagator, instances, externalMember);
  // Imported files wait their turn: import chains are longer than the stack is deep.
  const waiting: string[] = [];
  let generating = false;
  const externalReaders: ((call: ExternalCall) => void)[] = [];

  let globalsAt: Flow['globalsAt'] = null;

  /** Whether a global is one that the program makes itself: `name = …` where no `name` is declared, in CommonJS. */
  function isMadeHere({ path, parent }: ExternalValue): boolean {
    const [name = ''] = path;
    return (
      globalsAt === null &&
      path.length === 1 &&
      !(name in globalThis) &&
      (parent?.members.get(name)?.values.size ?? 0) > 0
    );
  }

  const context: FlowContext = {
    modules,
    files,
    cells: new Map(),
    calls: [],
    joins: [],
    leftOut,
    close() {
      for (let changed = true; changed; ) {
        changed = false;
        for (const [from, to] of context.joins) {
          if (from.values.size > 0 || to.values.has(UNKNOWN)) continue;
          add(to, UNKNOWN);
          changed = true;
        }
        drain();
      }
    },
    place(file, node, cell) {
      context.cells.set(node, cell);
      const list = placed.get(file);
      if (list === undefined) placed.set(file, { nodes: [node], cells: [cell] });
      else {
        list.nodes.push(node);
        list.cells.push(cell);
      }
    },
    expressionsIn(file) {
      // Two lists in place of a list of pairs: there are as many as expressions in the program.
      const { nodes, cells } = placed.get(file) ?? { nodes: [], cells: [] };
      return nodes.map((node, at) => [node, cells[at] as Cell] as const);
    },
    eachHolding(file, visit) {
      const { nodes, cells } = placed.get(file) ?? { nodes: [], cells: [] };
      for (let at = 0; at < nodes.length; at++) {
        const cell = cells[at] as Cell;
        if (cell.values.size > 0) visit(nodes[at] as SyntaxNode, cell);
      }
    },
    functionValues: new Map(),
    instances,
    factories: new Map(),
    returnTo(fn, file, call, into) {
      read(fn.returns, (value) => {
        const isOwn =
          value.kind === 'function' && value.madeBy === null && context.factories.get(value.node) === fn.node;
        add(into, isOwn ? closure(value, file, call) : copyAt(fn, value, call));
      });
    },
    externalCalls,
    passing: new Map(),
    add,
    flow,
    read,
    normalise,
    readMember,
    include(path) {
      leftOut.delete(path);
      waiting.push(path);
      if (generating) return;
      generating = true;
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const file = files.has(next) ? null : modules.file(next);
        if (file === null) continue;
        files.set(next, file);
        generateFile(context, file, resolveBindings(file));
      }
      generating = false;
    },
    settle: drain,
    valuesOf(node) {
      const values = [...(context.cellOf(node)?.values ?? [])];
      return values.filter((value) => {
        if (value.kind === 'module') return value.assigned.values.size === 0;
        return !(value.kind === 'external' && value.origin === 'global' && isMadeHere(value));
      });
    },
    cellOf: (node) => context.cells.get(node) ?? null,
    functionOf: (node) => context.functionValues.get(node) ?? null,
    functions: () => context.functionValues.values(),
    bindingCell(binding) {
      let cell = bindingCells.get(binding);
      if (cell === undefined) {
        cell = newCell();
        bindingCells.set(binding, cell);
      }
      return cell;
    },
    moduleOf(path) {
      let value = moduleValues.get(path);
      if (value === undefined) {
        value = { kind: 'module', path, assigned: newCell(), ...holder() };
        moduleValues.set(path, value);
        if (/\.json$/.test(path) || modules.text(path) === null) add(value.assigned, UNKNOWN);
        if (options.admit?.(path) === false) leftOut.add(path);
        else context.include(path);
      }
      return value;
    },
    text(text) {
      let value = texts.get(text);
      if (value === undefined) {
        value = { kind: 'text', text };
        texts.set(text, value);
      }
      return value;
    },
    get globals() {
      return context.externalRoot('global', '');
    },
    get globalsAt() {
      return globalsAt;
    },
    handOutGlobals(file, node) {
      globalsAt ??= { file, node };
    },
    externalRoot(origin, module) {
      const key = `${origin}:${module}`;
      let value = roots.get(key);
      if (value === undefined) {
        value = {
          kind: 'external',
          origin,
          module,
          path: [],
          parent: null,
          calls: [],
          derived: new Map(),
          copyOf: null,
          ...holder(),
        };
        roots.set(key, value);
      }
      return value;
    },
    passesOn: (value) => options.passesOn?.(value) === true,
    externalMember,
    externalCall: (value, file, node) =>
      normalise(value, node) ??
      (value.origin !== 'package' && options.tracks?.(value) !== true
        ? null
        : value.path.length >= DEEPEST_EXTERNAL
          ? deepest(value)
          : derive(value, node, '()', { file, node })),
    baseOf: (value, file, node) =>
      options.isBase?.(value) === true ? derive(value, node, '()', { file, node }) : null,
    reportExternal(call) {
      externalCalls.push(call);
      for (const reader of externalReaders) reader(call);
    },
    onExternalCall(reader) {
      externalReaders.push(reader);
      for (const call of [...externalCalls]) reader(call);
    },
    marker(name) {
      let value = markers.get(name);
      if (value === undefined) {
        value = { kind: 'marker', name, ...holder() };
        markers.set(name, value);
      }
      return value;
    },
    writeMember,
    setMember(value, name, held) {
      if (isHolder(value)) add(member(value, name), held);
    },
    memberOf(value, name) {
      const cell = newCell();
      readMember(value, name, cell);
      return cell;
    },
    elementsOf(value) {
      const cell = newCell();
      readMember(value, '*', cell);
      return cell;
    },
  };
  return context;
}
