import expressToHono from '../../codemods/express-to-hono/index.ts';
import { checkText } from '../../src/codemod/case-checks.ts';
import { runOnTree } from '../../src/codemod/cases.ts';
import type { LeftOut } from '../../src/model/changeset.ts';
import { runBesidePackages } from './beside-packages.ts';
import type { CoverageCase } from './cases.ts';

/** `kept`: a part of it stays in Express. `told`: it answers otherwise, and the codemod said where and why. `wrong`: it does, and nothing was said. */
export type Outcome = 'converted' | 'bridged' | 'kept' | 'refused' | 'told' | 'wrong';

/** A case after the codemod. */
export interface Converted {
  one: CoverageCase;
  outcome: Outcome;
  why: string[];
  tree: ReadonlyMap<string, string>;
  /** What the codemod left for the user although it converted. */
  remarks: string[];
  /** What the codemod announced that clients will see, in `--parity idiomatic`. */
  leftOut: readonly LeftOut[];
}

const withParity = (parity: string): typeof expressToHono => ({
  ...expressToHono,
  run: (input) => expressToHono.run({ ...input, options: { ...input.options, parity } }),
});

/** The codemod with `--parity wire`: nothing may differ. */
export const WIRE = withParity('wire');

/** The codemod with `--parity idiomatic`: what it leaves out, and announces, is no difference. */
export const IDIOMATIC = withParity('idiomatic');

/** Runs the codemod on a case, and checks the text it writes: see `checkText`. */
export async function convert(one: CoverageCase, codemod = WIRE): Promise<Converted> {
  const none = { one, remarks: [], leftOut: [] };
  const options = { 'in-place': one.inPlace === true };
  try {
    const { tree, changeSet } = await runOnTree(codemod, one.files, options, runBesidePackages);
    const changed = changeSet.files.some(
      ({ status }) => /changed|created|deleted/.test(status) && status !== 'unchanged',
    );
    const { leftForYou, outcomes, leftOut = [] } = changeSet;
    const reasons = [...new Set(leftForYou.map(({ reason }) => reason))];
    if (!changed) {
      const why = reasons.length > 0 ? reasons : ['nothing was found'];
      return { ...none, outcome: 'refused', why, tree };
    }
    const bridged = outcomes.filter(({ outcome }) => outcome === 'bridged');
    const refused = outcomes.find(({ outcome }) => outcome === 'refused');
    if (refused !== undefined) return { ...none, outcome: 'wrong', why: ['half converted'], tree };
    const faults = await checkText(
      codemod,
      one.files,
      { tree, changeSet },
      { options, removes: [] },
      runBesidePackages,
    );
    const text = faults.map(({ check, message }) => `${check}: ${message}`);
    if (text.length > 0) return { ...none, outcome: 'wrong', why: text, tree };
    const kept = outcomes.filter(({ outcome }) => outcome === 'kept');
    const why = [...new Set([...kept, ...bridged].map(({ reason, outcome }) => reason ?? outcome))];
    // Express may be there still though no handler of it is.
    const isBeside = [...tree.values()].some((text) => text.includes(' = besideExpress('));
    const outcome = kept.length > 0 || isBeside ? 'kept' : bridged.length > 0 ? 'bridged' : 'converted';
    const remarks = leftForYou.filter(({ rule }) => rule !== 'worlds/stays').map(({ reason }) => reason);
    return { one, outcome, why, tree, remarks: [...new Set(remarks)], leftOut };
  } catch (error) {
    return { ...none, outcome: 'wrong', why: [`the codemod failed: ${String(error)}`], tree: one.files };
  }
}
