import { z } from 'zod';
import { type ComparedScript, ScriptComparison } from '../../model/scripts.ts';
import { actionKind } from '../contract.ts';

const schema = z.strictObject({
  do: z.literal('scripts-compare'),
  /** Names of scripts of package.json. */
  scripts: z.union([z.array(z.string()), z.literal('{{items}}')]),
  on: z.string(),
  old: z.string(),
});

/** `migrate scripts compare` of each script: what it finds is kept as evidence, which the codemod scripts-to-bun needs. */
export default actionKind({
  kind: 'scripts-compare',
  schema,
  changes: () => false,
  describe: ({ scripts, on, old }) =>
    `scripts on ${on} as on ${old}: ${typeof scripts === 'object' ? scripts.join(', ') : 'each that moves'}`,
  async run({ scripts, on, old }, { root, ask, migrate }) {
    const names = typeof scripts === 'object' ? scripts : [];
    if (names.length === 0) return { outcome: 'not-checked', summary: 'scripts: none moves' };
    const consent = await ask(
      `${names.join(', ')}: each runs in copies of the folder, and what it reaches outside (a database, a registry) is real. Run them?`,
    );
    if (/^(n|no|not yet|)$/i.test(consent.trim()))
      return { outcome: 'failed', summary: 'scripts: they were not to be run' };
    const sides = ['--on', on, '--today', old, '--dir', root];
    const ran = await migrate(['scripts', 'compare', ...names, ...sides]);
    const found = ScriptComparison.safeParse(ran.document).data;
    if (!found)
      return { outcome: 'failed', summary: ran.said.trim().split('\n').at(-1) ?? 'nothing was compared' };
    const compared = found.scripts.filter(({ name }) => names.includes(name));
    const wrong = compared.filter(({ outcome }) => outcome !== 'same');
    return {
      outcome: wrong.length > 0 ? 'failed' : 'passed',
      summary:
        wrong.length > 0
          ? `scripts: ${wrong.map(told).join('; ')}`
          : `scripts: ${compared.length} do on ${on} what they do on ${old}`,
      detail: { comparison: found.id },
    };
  },
});

const told = ({ name, reason, differences }: ComparedScript): string =>
  `${name}: ${reason ?? differences.map(({ sentence }) => sentence).join(', ')}`;
