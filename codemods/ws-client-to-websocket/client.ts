import type { ASTPath, NewExpression } from 'jscodeshift';
import { keptWhole } from '../shared/transform/declare.ts';
import { type Finding, refuse, useGlobal } from '../shared/transform/global.ts';
import { loadingsOf } from '../shared/transform/loadings.ts';
import type { WholeRun } from '../shared/transform/ordinary.ts';
import { majorOf } from '../shared/transform/surroundings.ts';
import { leaveOthers, type Use } from '../shared/transform/uses.ts';
import type { Work } from '../shared/transform/work.ts';
import { socketOf } from './socket.ts';

const isOurs = (module: string): boolean => module === 'ws';
const STATES = new Set(['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED']);

function change(work: Work): void {
  const { loadings, others } = loadingsOf(work, isOurs);
  leaveOthers(work, others);
  for (const loading of loadings) {
    const { specifier } = loading;
    const need = { node: '22.0.0', feature: '`WebSocket`', browser: true };
    const kept = keptWhole(work, specifier.value, need) ?? withoutGlobal(work);
    if (kept !== null) work.leave(specifier, kept.rule, kept.reason);
    else useGlobal(work, loading, 'WebSocket', (use) => findingOf(work, use));
  }
}

/** Jest before release 28 gives tests no globals that it does not know. */
function withoutGlobal({ around: { manifest } }: Work): { rule: string; reason: string } | null {
  const jest = majorOf(manifest, 'jest');
  return jest !== null && jest < 28
    ? {
        rule: 'tests',
        reason: `package.json has jest ${jest}, in which there is no \`WebSocket\` of Node.js`,
      }
    : null;
}

function findingOf(work: Work, use: Use & { from: string }): Finding {
  const stays = (why: string) => refuse(use.node, why);
  const path = [...(['*', 'default'].includes(use.from) ? [] : [use.from]), ...use.members].filter(
    (each) => each !== 'WebSocket' && each !== 'default',
  );
  const [member, more] = path;
  if (member !== undefined && STATES.has(member) && more === undefined)
    return { edits: [{ node: use.whole.node, text: `WebSocket.${member}` }], problems: [] };
  if (member !== undefined) return stays(`\`${path.join('.')}\` of ws is not in Node.js`);
  const made = use.whole.parent as ASTPath;
  if (made.node.type !== 'NewExpression' || made.node.callee !== use.whole.node)
    return stays(`\`${work.textOf(use.whole.node)}\` is handed on, and what is made of it is not known`);
  const { arguments: given } = made.node as NewExpression;
  const [url, protocols, ...others] = given;
  if (url === undefined || url.type === 'SpreadElement') return stays('its address is not written out');
  const isPlain =
    protocols === undefined ||
    protocols.type === 'StringLiteral' ||
    (protocols.type === 'ArrayExpression' &&
      protocols.elements.every((each) => each?.type === 'StringLiteral'));
  if (others.length > 0 || !isPlain) return stays('its options (headers, agents, limits) are not in Node.js');
  const found = socketOf(work, made);
  return { edits: [{ node: use.whole.node, text: 'WebSocket' }, ...found.edits], problems: found.problems };
}

const whole: WholeRun = { change, about: isOurs, packages: ['ws'] };

export default whole;
