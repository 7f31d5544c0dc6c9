import type { Flow } from '../../../src/workspace/syntax/flow/flow.ts';
import type { Cell, FunctionValue, Value } from '../../../src/workspace/syntax/flow/values.ts';
import { isHolder } from '../../../src/workspace/syntax/flow/values.ts';
import type { Followed } from './contract.ts';

/** Members that are followed themselves, and what they are. */
const MEMBERS: readonly (readonly [on: Followed, member: string, is: Followed])[] = [
  ['req', 'res', 'res'],
  ['res', 'req', 'req'],
  ['req', 'app', 'app'],
  ['res', 'app', 'app'],
  ['req', 'headers', 'req.headers'],
  ['req', 'params', 'req.params'],
  ['req', 'query', 'req.query'],
  ['req', 'socket', 'req.socket'],
  ['req', 'connection', 'req.socket'],
  ['res', 'locals', 'res.locals'],
  ['res', 'socket', 'res.socket'],
  ['res', 'connection', 'res.socket'],
];

const FOLLOWED: ReadonlySet<string> = new Set(['req', 'res', ...MEMBERS.map(([, , is]) => is)]);

/** What a value of the flow stands for; null for all that is not followed. */
export const followedBy = (value: Value): Followed | null =>
  value.kind === 'marker' && FOLLOWED.has(value.name) ? (value.name as Followed) : null;

export const followedIn = (cell: Cell | null): Followed[] =>
  [...(cell?.values ?? [])].flatMap((value) => followedBy(value) ?? []);

/** What the application gives a package, and what hangs on that. */
export const isOption = (value: Value): boolean => value.kind === 'marker' && value.name === 'option';

export const isNext = (value: Value): boolean => value.kind === 'marker' && value.name === 'next';

/** Puts the followed members where they hang. */
export function hangMembers(flow: Flow): void {
  for (const [on, member, is] of MEMBERS) flow.setMember(flow.marker(on), member, flow.marker(is));
  for (const member of ['?', '()']) flow.setMember(flow.marker('option'), member, flow.marker('option'));
}

/** Gives what Express calls its request, response and `next`, or, as an error handler, an error before them. */
export function giveRequest(flow: Flow, { parameters }: FunctionValue): void {
  const roles = ['req', 'res', 'next'];
  const given = parameters.length === 4 ? [null, ...roles] : roles;
  for (const [index, parameter] of parameters.entries()) {
    const role = given[index];
    if (role != null) flow.add(parameter, flow.marker(role));
  }
}

/** The first followed value that a value is or holds, however deep; null where it holds none. */
export function heldBy(value: Value, seen = new Set<Value>()): Followed | null {
  const own = followedBy(value);
  if (own !== null || !isHolder(value) || seen.has(value)) return own;
  seen.add(value);
  // A function or module is code, and its code is read where it stands.
  if (value.kind !== 'object' && value.kind !== 'array' && value.kind !== 'instance') return null;
  for (const cell of [...value.members.values(), value.parents])
    for (const each of cell.values) {
      const found = heldBy(each, seen);
      if (found !== null) return found;
    }
  return null;
}
