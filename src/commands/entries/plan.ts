import { resolve } from 'node:path';
import { collectInventory } from '../../inventory/index.ts';
import { MigrateError } from '../../model/errors.ts';
import { ExitCode } from '../../model/exit.ts';
import type { Inventory } from '../../model/inventory.ts';
import { type Answers, drawPlan, recommendTarget } from '../../plan/index.ts';
import { loadPlaybooks } from '../../plan/playbooks.ts';
import { writePlan } from '../../plan/store.ts';
import { parseTarget } from '../../plan/targets.ts';
import type { Io } from '../../report/io.ts';
import { printPlan } from '../../report/plan.ts';
import type { CommandFile } from '../command.ts';
import { askConversion } from '../conversion.ts';
import { askTarget } from '../questions/target.ts';

interface Options {
  target?: string;
  yes?: boolean;
  explain?: boolean;
  json?: boolean;
}

const command: CommandFile = {
  register(program, io, run) {
    program
      .command('plan')
      .argument('[dir]', 'the repository', '.')
      .description('where this application should run, in which stages, with what proof')
      .option('--target <target>', 'bun, deno, workers, node@24 or not-sure; a version may follow: bun@1.4')
      .option('-y, --yes', 'take the recommended answer to every question')
      .option('--explain', 'show the reasons for each script, route and step')
      .option('--json', 'print the plan as one JSON document (schema migrate/plan, version 1)')
      .addHelpText(
        'after',
        `
Writes .migrate/plan.json, which is meant to be reviewed and committed, and nothing else.
Stages are data: the shipped playbooks and your own in .migrate/playbooks/*.yaml.

Examples
  $ migrate plan
  $ migrate plan --target bun --yes
  $ migrate plan services/api --target workers --explain
  $ migrate plan --target not-sure --json

Exit codes
  0 drawn    2 unknown target    3 no package.json, or a playbook that is not valid
  5 an answer was needed and there is no TTY    130 interrupted: nothing was written`,
      )
      .action((dir: string, options: Options) => run(() => plan(io, dir, options)));
  },
};

export default command;

/** `migrate plan`: facts, the one question, the plan, the file. */
export async function plan(io: Io, dir: string, options: Options): Promise<ExitCode> {
  io.json = options.json ?? false;
  const root = resolve(io.cwd, dir);
  const asked = options.target === undefined ? null : parseTarget(options.target);
  if (!asked && !options.yes && (!io.interactive || io.json)) {
    throw new MigrateError('ANSWER_NEEDED', 'Where should it run? There is no terminal to ask on.', {
      hint: 'Give --target bun|deno|workers|node@24|not-sure, or --yes for the recommended target.',
      exitCode: ExitCode.answerNeeded,
    });
  }
  const started = performance.now();
  const inventory = await collectInventory(root, {
    signal: io.signal,
    progress: (text) => io.progress(text),
  });
  const playbooks = loadPlaybooks(root);
  io.progress(null);
  const elapsed = performance.now() - started;
  const answers = asked
    ? { target: asked, answeredBy: 'flag' as const }
    : await answer(io, inventory, options.yes ?? false);
  const conversion = await askConversion(io, root, inventory);
  io.progress(null);
  const drawn = drawPlan(inventory, answers, { playbooks, conversion });
  io.signal.throwIfAborted();
  const written = writePlan(root, drawn);
  if (io.json) io.document(drawn);
  else printPlan(io, drawn, { explain: options.explain ?? false, elapsed, written });
  return ExitCode.ok;
}

async function answer(io: Io, inventory: Inventory, yes: boolean): Promise<Answers> {
  const recommended = recommendTarget(inventory);
  if (yes) return { target: recommended, answeredBy: 'recommendation' };
  return { target: await askTarget(io, recommended), answeredBy: 'prompt' };
}
