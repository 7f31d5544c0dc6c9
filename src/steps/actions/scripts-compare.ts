import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isolatedCopy } from '../../shadow/index.ts';
import { openRepository } from '../../workspace/repository.ts';
import { actionKind, type StepContext } from '../contract.ts';
import { programsOf, runScript } from '../run-script.ts';
import { compareRuns, type ScriptDifference } from '../scripts/compare.ts';
import { snapshot } from '../scripts/files.ts';

const TIMEOUT_MS = 120_000;

const schema = z.strictObject({
  do: z.literal('scripts-compare'),
  /** `scripts.<name>` and what it becomes. */
  scripts: z.union([z.record(z.string(), z.string()), z.literal('{{items}}')]),
  on: z.string(),
  old: z.string(),
});

/** Runs each script as it is and as it becomes, each in a copy: exit code, output, files, and what really ran it. */
export default actionKind({
  kind: 'scripts-compare',
  schema,
  changes: () => false,
  describe: ({ scripts, on, old }) => {
    const names =
      typeof scripts === 'object' ? Object.keys(scripts).map(nameOf).join(', ') : 'each that moves';
    return `scripts on ${on} as on ${old}: ${names}`;
  },
  async run({ scripts, on, old }, context) {
    const wanted = typeof scripts === 'object' ? Object.entries(scripts) : [];
    if (wanted.length === 0) return { outcome: 'not-checked', summary: 'scripts: none moves' };
    const names = wanted.map(([key]) => nameOf(key)).join(', ');
    const consent = await context.ask(
      `${names}: each runs twice, in copies of the folder, and what it reaches outside (a database, a registry) is real. Run them?`,
    );
    if (/^(n|no|not yet|)$/i.test(consent.trim()))
      return { outcome: 'failed', summary: 'scripts: they were not to be run' };
    const { packageJson } = await openRepository(context.root);
    const rows: { name: string; differences: ScriptDifference[] }[] = [];
    for (const [key, becomes] of wanted) {
      const name = nameOf(key);
      const command = packageJson.scripts?.[name];
      if (command === undefined) return { outcome: 'failed', summary: `scripts: there is no ${name}` };
      rows.push({ name, differences: await compareScript(name, { command, becomes, on, old }, context) });
    }
    const wrong = rows.filter(({ differences }) => differences.length > 0);
    const told = wrong.map(
      ({ name, differences }) => `${name}: ${differences.map(({ says }) => says).join(', ')}`,
    );
    return {
      outcome: wrong.length > 0 ? 'failed' : 'passed',
      summary:
        wrong.length > 0
          ? `scripts: ${told.join('; ')}`
          : `scripts: ${rows.length} do on ${on} what they do on ${old}`,
      detail: { scripts: rows },
    };
  },
});

const nameOf = (key: string): string => key.replace(/^scripts\./, '');

async function compareScript(
  name: string,
  { command, becomes, on, old }: { command: string; becomes: string; on: string; old: string },
  { root, scratch, signal, progress }: StepContext,
): Promise<ScriptDifference[]> {
  const folder = (side: string) => {
    const made = join(scratch, `script-${name.replace(/[^\w-]/g, '-')}-${side}-${Date.now()}`);
    mkdirSync(made, { recursive: true });
    return made;
  };
  const [first, second] = [folder('before'), folder('after')];
  const node = await programsOf(old, first, signal);
  const next = await programsOf(on, second, signal, { node: node.binary });
  const side = async (text: string, where: string, bin: string, label: string) => {
    const copy = await isolatedCopy(root, join(where, 'copy'), signal);
    const before = await snapshot(copy);
    progress(`${name}: ${label}`);
    const run = await runScript(text, copy, bin, { signal, timeoutMs: TIMEOUT_MS });
    return { ...run, folder: where, written: await snapshot(copy, before) };
  };
  const before = await side(command, first, node.bin, old);
  const after = await side(becomes, second, next.bin, on);
  const log = join(second, 'node-ran');
  const nodeRan = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
  return compareRuns(before, after, { nodeRan, becomes });
}
