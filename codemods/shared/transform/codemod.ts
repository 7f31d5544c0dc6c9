import type { Codemod } from '../../../src/codemod/contract.ts';
import type { WholeRun } from './ordinary.ts';

/** A codemod of this kind. jscodeshift is loaded when it runs: listing the codemods does not need it. */
export const wholeCodemod = (
  about: Omit<Codemod, 'chooses' | 'options' | 'run'>,
  load: () => Promise<{ default: WholeRun }>,
): Codemod => ({
  ...about,
  options: [],
  chooses: true,
  run: async (input) => {
    const { runWhole } = await import('./run.ts');
    return runWhole(about, (await load()).default, input);
  },
});
