import { declareInstead, keptWhole } from '../shared/transform/declare.ts';
import { type Loading, loadingsOf } from '../shared/transform/loadings.ts';
import type { WholeRun } from '../shared/transform/ordinary.ts';
import { majorOf } from '../shared/transform/surroundings.ts';
import { leaveOthers, type Use, usesOf } from '../shared/transform/uses.ts';
import type { Work } from '../shared/transform/work.ts';

const isUuid = (module: string): boolean => /^uuid(?:\/|$)/.test(module);

/** A module of the releases before 7 that is version 4 itself. */
const isVersion4 = (module: string): boolean => module === 'uuid/v4';

function change(work: Work): void {
  const { loadings, others } = loadingsOf(work, isUuid);
  leaveOthers(work, others);
  for (const loading of loadings) {
    const { specifier } = loading;
    const kept = keptWhole(work, specifier.value, { node: '14.18.0', feature: '`node:crypto`' });
    if (kept !== null) work.leave(specifier, kept.rule, kept.reason, kept.advice);
    else convert(work, loading);
  }
}

/** All uses of one declaration, or none: a part that stays needs the package. */
function convert(work: Work, loading: Loading): void {
  const module = loading.specifier.value;
  const uses = usesOf(work, loading);
  const bad = uses.flatMap((use) => {
    const why = whyNot(work, use, module);
    return why === null ? [] : [{ node: use.node, why }];
  });
  for (const { node, why } of bad) work.leave(node, 'use', why);
  const [only] = loading.names;
  if (uses.length === 0) work.leave(loading.specifier, 'use', `nothing uses what is loaded of \`${module}\``);
  if (bad.length > 0 || uses.length === 0 || only === undefined) return;
  const isFunction = only.imported === 'v4' || isVersion4(module);
  const local = isFunction ? only.binding.name : work.freeName('randomUUID');
  for (const { node, whole } of uses) {
    if (!isFunction) work.replace(whole.node, local, 'call');
    work.done(node, 'v4');
  }
  declareInstead(work, loading, 'node:crypto', [{ imported: 'randomUUID', local }], 'declaration');
}

/** Why a use is no call of version 4 without arguments; null where it is one. */
function whyNot(work: Work, { from, members, whole, call, node }: Use & { from: string }, module: string) {
  const [member] = members;
  let version = isVersion4(module) ? 'v4' : from;
  if (module !== 'uuid' && !isVersion4(module)) return `\`${module}\` has no counterpart in Node.js`;
  if (version === '*' || version === 'default') {
    if (member === undefined) {
      const major = majorOf(work.around.manifest, 'uuid');
      if (major === null || major > 3) return `what \`${node.name}\` is depends on the release of uuid`;
    }
    version = member ?? 'v4';
  }
  if (version !== 'v4') return `\`${version}\` of uuid has no counterpart in Node.js`;
  if (call === null)
    return `\`${work.textOf(whole.node)}\` is handed on, and what it is called with is not known`;
  return call.node.arguments.length > 0
    ? 'it is called with arguments, which `crypto.randomUUID` takes otherwise'
    : null;
}

const whole: WholeRun = { change, about: isUuid, packages: ['uuid'] };

export default whole;
