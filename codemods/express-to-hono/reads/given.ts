import type { Call, Flow } from '../../../src/workspace/syntax/flow/flow.ts';
import type { ExternalValue, Value } from '../../../src/workspace/syntax/flow/values.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Followed, PackageEscape, PackageUse } from './contract.ts';
import { HELPERS, LOOKS, READS_ALL, RECORDS } from './helpers.ts';
import { isNext, isOption } from './markers.ts';
import { namedBy, spoken } from './sites.ts';

/** What comes of a call that is given followed values. */
export interface Given {
  uses: PackageUse[];
  escapes: PackageEscape[];
  asksOptions: boolean;
  /** Nothing is known of what is called: it may be of a module that was not read yet. */
  isLost: boolean;
}

interface Handing {
  value: Value;
  /** Which argument it is. */
  index: number;
  call: Call;
  /** What it is or holds, and whether it is that itself. */
  held: readonly Followed[];
  direct: boolean;
  at: { file: ParsedFile; node: SyntaxNode };
}

/** What a callee that is not code of the package does with what it is given. */
export function givenOutside(flow: Flow, handing: Handing, given: Given): void {
  const { value, held, at } = handing;
  const lose = (to: string) => {
    for (const on of held) given.escapes.push({ reason: `hands ${spoken(on)} to ${to}`, ...at });
  };
  if (value.kind === 'function' || value.kind === 'class' || isNext(value)) return;
  if (isOption(value)) given.asksOptions = true;
  else if (value.kind !== 'external') lose('code that could not be followed');
  else if (value.origin === 'package') toHelper(flow, value, handing, given, lose);
  else toBuiltin(flow, value, handing, given, lose);
}

function toHelper(
  flow: Flow,
  { module }: ExternalValue,
  { index, held, call, direct, at }: Handing,
  { uses }: Given,
  lose: (to: string) => void,
): void {
  const helper = HELPERS.get(module);
  const known = held.map((on) => [on, helper?.asks[on]] as const);
  if (!direct || known.some(([, members]) => members === undefined)) {
    lose(`\`${module}\``);
    return;
  }
  for (const [on, members] of known)
    for (const member of members ?? []) uses.push({ on, member, how: 'called', ...at });
  if (helper?.callsBack !== true || index !== 0) return;
  for (const each of call.arguments.slice(1).flatMap((cell) => [...cell.values])) {
    if (each.kind !== 'function') continue;
    for (const on of held) {
      flow.add(each.self, flow.marker(on));
      const second = each.parameters[1];
      if (module === 'on-finished' && second !== undefined) flow.add(second, flow.marker(on));
    }
  }
}

function toBuiltin(
  flow: Flow,
  value: ExternalValue,
  { index, held, call, direct, at }: Handing,
  { uses, escapes }: Given,
  lose: (to: string) => void,
): void {
  const own = value.path.join('.');
  const name = [...(value.origin === 'builtin' ? [value.module] : []), ...(own === '' ? [] : [own])].join(
    '.',
  );
  if (LOOKS.has(name) && direct) return;
  const areRecords = held.every((on) => RECORDS.has(on));
  if (READS_ALL.has(name) && direct && areRecords) {
    for (const on of held) uses.push({ on, member: '*', how: 'read', ...at });
    return;
  }
  if (name === 'Object.defineProperty' && index === 0 && direct) {
    const members = namedBy([...(call.arguments[1]?.values ?? [])]);
    for (const on of held) {
      if (members !== null || RECORDS.has(on))
        for (const member of members ?? ['*']) uses.push({ on, member, how: 'set', ...at });
      else escapes.push({ reason: `defines a member of ${spoken(on)} by a name that is computed`, ...at });
    }
    for (const each of call.arguments[2]?.values ?? [])
      if (each.kind === 'object')
        for (const cell of each.members.values())
          for (const made of cell.values)
            if (made.kind === 'function') for (const on of held) flow.add(made.self, flow.marker(on));
    return;
  }
  if (name === 'Object.assign' && index === 0 && direct) {
    assign(held, call, at, uses, escapes);
    return;
  }
  // What is copied into an object of the package is found there by its name.
  if (name === 'Object.assign' && !direct) return;
  if (name === 'Object.assign' && areRecords) {
    for (const on of held) uses.push({ on, member: '*', how: 'read', ...at });
    return;
  }
  lose(`\`${name}\``);
}

/** `Object.assign(req, { id })`: sets what is written there. */
function assign(
  held: readonly Followed[],
  call: Call,
  at: Handing['at'],
  uses: PackageUse[],
  escapes: PackageEscape[],
): void {
  for (const cell of call.arguments.slice(1))
    for (const source of cell.values)
      for (const on of held) {
        const names =
          source.kind === 'object' && source.parents.values.size === 0 ? [...source.members.keys()] : ['?'];
        for (const name of names) {
          if (name === '*') continue;
          if (name === '?' && !RECORDS.has(on))
            escapes.push({ reason: `sets members of ${spoken(on)} whose names are not known`, ...at });
          else uses.push({ on, member: name === '?' ? '*' : name, how: 'set', ...at });
        }
      }
}
