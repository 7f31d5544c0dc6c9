import { keptWhole } from '../shared/transform/declare.ts';
import { type Finding, refuse, useGlobal } from '../shared/transform/global.ts';
import { loadingsOf } from '../shared/transform/loadings.ts';
import type { WholeRun } from '../shared/transform/ordinary.ts';
import { majorOf } from '../shared/transform/surroundings.ts';
import { leaveOthers, type Use } from '../shared/transform/uses.ts';
import type { Work } from '../shared/transform/work.ts';
import { answersOf } from './answers.ts';
import { readsOfErrors } from './errors.ts';
import { optionsProblem } from './options.ts';

const isOurs = (module: string): boolean => module === 'node-fetch';

/** Releases of test tools from which on there is `fetch` in tests, or its requests are seen. */
const SEES_FETCH: Readonly<Record<string, number>> = { nock: 14, jest: 28 };
const ONLY_NODE_FETCH = [
  'jest-fetch-mock',
  'fetch-mock',
  'fetch-mock-jest',
  'vitest-fetch-mock',
  'jest-environment-jsdom',
];

function change(work: Work): void {
  const { loadings, others } = loadingsOf(work, isOurs);
  leaveOthers(work, others);
  for (const loading of loadings) {
    const { specifier } = loading;
    const need = { node: '18.0.0', feature: '`fetch`', browser: true };
    const kept = keptWhole(work, specifier.value, need) ?? intercepted(work);
    if (kept !== null) work.leave(specifier, kept.rule, kept.reason);
    else
      useGlobal(
        work,
        loading,
        'fetch',
        (use) => findingOf(work, use),
        () => readsOfErrors(work),
      );
  }
}

/** Tests that answer requests of `node-fetch` and would let those of `fetch` through. */
function intercepted({ around: { manifest } }: Work): { rule: string; reason: string } | null {
  for (const [name, since] of Object.entries(SEES_FETCH)) {
    const major = majorOf(manifest, name);
    if (major === null || major >= since) continue;
    const reason = `package.json has ${name} ${major}, which knows \`fetch\` of Node.js from release ${since} on`;
    return { rule: 'tests', reason };
  }
  const name = ONLY_NODE_FETCH.find((each) => manifest?.ranges[each] !== undefined);
  return name === undefined
    ? null
    : {
        rule: 'tests',
        reason: `package.json has \`${name}\`, with which \`fetch\` of Node.js is another one in tests, or none`,
      };
}

function findingOf(work: Work, use: Use & { from: string }): Finding {
  const stays = (why: string) => refuse(use.node, why);
  const name = ['*', 'default'].includes(use.from)
    ? use.members.filter((each) => each !== 'default')
    : [use.from];
  const [member, more] = name;
  if (more !== undefined) return stays(`\`${work.textOf(use.whole.node)}\` is not known`);
  if (member === 'Headers') {
    const isNew = use.whole.parent.node.type === 'NewExpression';
    if (!isNew) return stays('`Headers` is handed on');
    return { edits: [{ node: use.whole.node, text: 'Headers' }], problems: [] };
  }
  if (member !== undefined) return stays(`\`${member}\` of node-fetch is not the one of Node.js`);
  const { call } = use;
  if (call === null)
    return stays(`\`${use.node.name}\` is handed on, and what it is called with is not known`);
  const [url, options, ...others] = call.node.arguments;
  if (url === undefined || url.type === 'SpreadElement' || others.length > 0)
    return stays('what it is called with is not written out');
  const found = answersOf(work, call);
  const problem = options === undefined ? null : optionsProblem(work, options);
  return {
    edits: [{ node: use.whole.node, text: 'fetch' }, ...found.edits],
    problems: [...(problem === null ? [] : [problem]), ...found.problems],
  };
}

const whole: WholeRun = { change, about: isOurs, packages: ['node-fetch'] };

export default whole;
