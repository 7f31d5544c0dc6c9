import type { Location } from '../../src/model/location.ts';
import type { Binding } from '../../src/workspace/syntax/bindings.ts';
import type { Flow } from '../../src/workspace/syntax/flow/flow.ts';
import type { ExternalValue } from '../../src/workspace/syntax/flow/values.ts';
import type { ParsedFile, SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import type { Editing, FileWork } from '../shared/edit/work.ts';
import type { PackageRule } from './packages/contract.ts';

/** What Fastify calls a function for. `helper`: the application's own functions hand it a request or a reply. */
export type Role = 'handler' | 'guard' | 'sending' | 'after' | 'error' | 'missing' | 'parser' | 'helper';

/** What a parameter is given. */
export type Given = 'request' | 'reply' | 'done' | 'error' | 'payload' | 'body';

/** A function that is given a request or a reply. */
export interface Unit {
  file: ParsedFile;
  node: SyntaxNode;
  name: string;
  location: Location;
  roles: Set<Role>;
  /** By position. */
  parameters: (Given | null)[];
  /** Whether it is called with other things in the same places, too. */
  isMixed: boolean;
}

/** Something that keeps a function, or the application, as it is. */
export interface Problem {
  location: Location;
  rule: string;
  reason: string;
  /** The function that it stands in; null where it stands in none that Fastify calls. */
  unit: Unit | null;
}

/** A call of a method of an instance. */
export interface InstanceCall {
  file: ParsedFile;
  node: SyntaxNode;
  instance: ExternalValue;
  member: string;
}

/** What the whole application says of its answers and requests. */
export interface Facts {
  release: 4 | 5;
  hasSchemas: boolean;
  /** Whether any route says what its answers look like. */
  hasResponseSchemas: boolean;
  /** Handlers of routes that do. */
  shaped: ReadonlySet<SyntaxNode>;
  hasParamSchemas: boolean;
  hasHeaderSchemas: boolean;
  /** Whether a function sets a status without an answer. */
  setsStatus: boolean;
  /** Whether a hook or a helper may say of what type answers are. */
  setsTypes: boolean;
  /** Whether one may set a status whose answers have no body. */
  setsEmpty: boolean;
  /** Whether any function may, which error handlers find. */
  setsEmptyAnywhere: boolean;
  /** Whether a hook sees answers as they are sent. */
  hasSending: boolean;
  /** Names under which requests carry something of the application's own. */
  requestNames: ReadonlySet<string>;
}

/** Everything that a conversion reads, and what it says of it. */
export interface Conversion extends Editing {
  flow: Flow;
  target: 'node' | 'bun' | 'deno' | 'workers';
  /** Whether Fastify stays, and what is converted stands beside it. */
  beside: boolean;
  /** Whether functions use what a plugin for tokens gives Fastify's own requests and replies. */
  lends: boolean;
  facts: Facts;
  units: ReadonlyMap<SyntaxNode, Unit>;
  calls: readonly InstanceCall[];
  problems: Problem[];
  /** The text of package.json. */
  manifest: string;
  /** Packages that the application registers, and something stands for. */
  packages: Set<PackageRule>;
  /** Support files that are needed beside the ones every application has. */
  support: Set<string>;
}

/** Says that something keeps the application as it is. */
export function problem(
  { problems, units }: Pick<Conversion, 'problems' | 'units'>,
  file: ParsedFile,
  node: SyntaxNode,
  rule: string,
  reason: string,
): void {
  const location = file.locate(node.start);
  const isKnown = problems.some(
    (each) =>
      each.reason === reason && each.location.file === location.file && each.location.line === location.line,
  );
  const unit = unitAround(units, file, node);
  if (!isKnown || unit !== null) problems.push({ location, rule, reason, unit });
}

/** The innermost function that Fastify calls around a place. */
export function unitAround(
  units: Conversion['units'],
  file: ParsedFile,
  { start, end }: Pick<SyntaxNode, 'start' | 'end'>,
): Unit | null {
  let found: Unit | null = null;
  for (const unit of units.values()) {
    if (unit.file !== file || start < unit.node.start || unit.node.end < end) continue;
    if (found === null || unit.node.start >= found.node.start) found = unit;
  }
  return found;
}

/** A name that is asked of a support file or a package: `send` of `./http/answers`. */
export function want(work: FileWork, module: string, name: string, type = false): string {
  const names = work.wanted.get(module) ?? new Map<string, { local: string; type: boolean }>();
  work.wanted.set(module, names);
  const known = names.get(name);
  if (known !== undefined) {
    known.type &&= type;
    return known.local;
  }
  const local = freeName(work, name);
  names.set(name, { local, type });
  work.taken.add(local);
  return local;
}

/** A name that nothing in the file has. */
function freeName({ bindings, taken }: FileWork, base: string): string {
  const used = new Set(taken);
  for (const { name } of bindings.bindings as readonly Binding[]) used.add(name);
  for (const { node } of bindings.globals) used.add(String(node.name));
  let name = base;
  for (let count = 2; used.has(name); count++) name = `${base}${count}`;
  return name;
}
