import { keptWhole } from '../_transform/declare.ts';
import { type Loading, loadingsOf } from '../_transform/loadings.ts';
import type { WholeRun } from '../_transform/ordinary.ts';
import { removeLoading } from '../_transform/remove.ts';
import { majorOf } from '../_transform/surroundings.ts';
import { leaveOthers, type Use, usesOf } from '../_transform/uses.ts';
import type { Work } from '../_transform/work.ts';
import { answersOf } from './answers.ts';
import { readsOfErrors } from './errors.ts';
import { optionsProblem } from './options.ts';

/** What is to be done at one use, and the places that speak against it. */
export interface Finding {
  edits: { node: object; text: string }[];
  problems: { node: object; why: string; advice?: string }[];
}

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
    else convert(work, loading);
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

/** All uses of one declaration, or none: a part that stays needs the package. */
function convert(work: Work, loading: Loading): void {
  const uses = usesOf(work, loading);
  const findings = uses.map((use) => findingOf(work, use));
  const problems = findings.flatMap((each) => each.problems);
  if (problems.length === 0 && uses.length > 0) problems.push(...readsOfErrors(work));
  if (uses.length === 0) problems.push({ node: loading.specifier, why: 'nothing uses what is loaded' });
  const isNamed = loading.names.some(({ binding }) => binding.name === 'fetch');
  if (!isNamed && !work.isUndeclared('fetch'))
    problems.push({ node: loading.specifier, why: '`fetch` is the name of something else in this file' });
  const removal = problems.length === 0 ? removeLoading(work, loading) : null;
  if (removal !== null) problems.push({ node: loading.specifier, why: removal });
  for (const { node, why, advice } of problems) work.leave(node, 'use', why, advice);
  if (problems.length > 0) return;
  for (const { edits } of findings)
    for (const { node, text } of edits) if (work.textOf(node) !== text) work.replace(node, text, 'call');
  for (const { node } of uses) work.done(node, 'fetch');
}

function findingOf(work: Work, use: Use & { from: string }): Finding {
  const refuse = (why: string): Finding => ({ edits: [], problems: [{ node: use.node, why }] });
  const name = ['*', 'default'].includes(use.from)
    ? use.members.filter((each) => each !== 'default')
    : [use.from];
  const [member, more] = name;
  if (more !== undefined) return refuse(`\`${work.textOf(use.whole.node)}\` is not known`);
  if (member === 'Headers') {
    const isNew = use.whole.parent.node.type === 'NewExpression';
    if (!isNew) return refuse('`Headers` is handed on');
    return { edits: [{ node: use.whole.node, text: 'Headers' }], problems: [] };
  }
  if (member !== undefined) return refuse(`\`${member}\` of node-fetch is not the one of Node.js`);
  const { call } = use;
  if (call === null)
    return refuse(`\`${use.node.name}\` is handed on, and what it is called with is not known`);
  const [url, options, ...others] = call.node.arguments;
  if (url === undefined || url.type === 'SpreadElement' || others.length > 0)
    return refuse('what it is called with is not written out');
  const found = answersOf(work, call);
  const problem = options === undefined ? null : optionsProblem(work, options);
  return {
    edits: [{ node: use.whole.node, text: 'fetch' }, ...found.edits],
    problems: [...(problem === null ? [] : [problem]), ...found.problems],
  };
}

const whole: WholeRun = { change, about: isOurs, packages: ['node-fetch'] };

export default whole;
