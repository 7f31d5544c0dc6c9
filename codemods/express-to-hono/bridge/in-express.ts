import {
  argumentsOf,
  calleeOf,
  children,
  isIdentifier,
  isMember,
  memberName,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { parityName } from '../edit/imports.ts';
import { memberAt } from '../facts/request-members.ts';
import { memberNames } from '../facts/units.ts';
import { type Conversion, claim, handedTo, refuse, spanOf } from '../state/conversion.ts';
import { leaveOut } from '../state/left-out.ts';
import { isInPlace } from '../state/worlds.ts';

/** What Hono tells of a request as Express does; all else is asked of Express's own. */
const OF_HONO = /^(params|headers|get|header|app)$/;

/** What answers in ways that only Node's own response has, or asks what has become of it. */
const OF_NODE =
  /^(write|writeHead|writeContinue|flushHeaders|pipe|pipeline|sendFile|sendfile|download|on|once|off|headersSent|writable\w+|finished)$/;

/** Reads what runs before where it was left, and refuses what Node's own request or response alone can do. */
export function readFromExpress(conversion: Conversion): void {
  const { worlds, version } = conversion;
  const paths = worlds?.program.registrations.flatMap((each) => each.paths) ?? [];
  // Express 5 has a list for a wildcard.
  const hasLists = version === 5 && paths.some(({ text }) => text?.includes('*') !== false);
  for (const root of worlds?.inPlace?.functions ?? []) {
    const unit = conversion.units.get(root);
    if (unit === undefined) continue;
    const { work } = unit;
    const read = new Set(hasLists ? ['params'] : []);
    unit.ofExpress = read;
    for (const { node, role } of unit.uses) {
      const call = role === 'res' ? calleeOf(handedTo(work, node)?.call ?? node) : null;
      const into = memberName(call) ?? (isIdentifier(call) ? String(call.name) : '');
      const lost = [...memberNames(work, node), into].find((name) => role !== 'next' && OF_NODE.test(name));
      if (lost !== undefined) {
        const reason = `\`${lost}\` is of Node's own request or response`;
        refuse(conversion, work, node, 'worlds/in-place', reason, unit);
      }
      const member = role === 'req' ? memberAt(work, node) : null;
      const name = memberName(member);
      const isOther = name === 'params' && !isNamed(work.parents.get(member ?? node));
      if (name !== null && (isOther || !OF_HONO.test(name))) read.add(name);
    }
    const bodiless = findAll(root, 'Literal').find(({ value }) => /^(204|205|304)$/.test(String(value)));
    const isTold = conversion.idiomatic !== null && worlds?.inPlace?.isHeard === false;
    if (bodiless !== undefined && !isTold)
      refuse(
        conversion,
        work,
        bodiless,
        'worlds/in-place',
        'an answer without a body is one of `res.send` in Express, with a tag',
        unit,
      );
    else if (bodiless !== undefined) leaveOut(conversion, work, bodiless, 'etag-text');
    const patterns = findAll(root, 'ObjectPattern').flatMap((each) => children(each, 'properties'));
    for (const name of patterns.map(propertyKeyName))
      if (name !== null && (name === 'params' || !OF_HONO.test(name))) read.add(name);
  }
}

/** `req.params.id`: of what has no name, or is computed, Hono knows nothing. */
const isNamed = (member: SyntaxNode | undefined): boolean =>
  isMember(member) && !/^\d+$/.test(memberName(member) ?? '0');

/** Puts `inExpress(…)` around the handlers, in place of what only hands their rejections on. */
export function writeInPlace(conversion: Conversion): void {
  const { program } = conversion;
  const done = new Set<SyntaxNode>();
  for (const { handlers } of program.registrations.filter((each) => isInPlace(conversion, each))) {
    for (const { file, node } of handlers) {
      if (done.has(node)) continue;
      done.add(node);
      const work = conversion.workOf(file);
      const wrapper = program.wrappers.find((each) => each.file === file && each.node === unwrap(node));
      const [inner = node] = wrapper === undefined ? [] : argumentsOf(wrapper.node);
      if (wrapper !== undefined) claim(conversion, wrapper.node);
      work.draft.replace(
        node,
        [`${parityName(conversion, work, 'inExpress')}(`, spanOf(inner), ')'],
        'worlds/in-place',
      );
    }
  }
}
