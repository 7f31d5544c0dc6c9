import { basename, resolve } from 'node:path';
import type { Command as Program } from 'commander';
import { ExitCode } from '../../model/exit.ts';
import type { RepositoryStatus } from '../../model/status.ts';
import { repositoryStatus } from '../../plan/status.ts';
import { readPlan } from '../../plan/store.ts';
import type { Io } from '../../report/io.ts';
import { printPlan } from '../../report/plan.ts';
import { printStatus } from '../../report/status.ts';
import { openProject } from '../../workspace/repository.ts';
import type { Choice } from '../questions/choice.ts';

/** What bare `migrate` offers: another command of this program, a step to be skipped, the stored plan, or nothing. */
type Action = { run: readonly string[] } | { skip: string } | 'show-plan' | 'nothing';

async function read(dir: string): Promise<{ name: string; root: string; status: RepositoryStatus }> {
  const { root, packageJson } = await openProject(dir);
  return { name: packageJson.name ?? basename(root), root, status: repositoryStatus(root) };
}

/** `migrate status`. @throws MigrateError when there is no such directory, or no package.json */
export async function status(io: Io, dir: string, options: { json?: boolean }): Promise<ExitCode> {
  io.json = options.json ?? false;
  const { name, status: stands } = await read(resolve(io.cwd, dir));
  if (io.json) io.document(stands);
  else printStatus(io, name, stands);
  return ExitCode.ok;
}

/** Says where the repository stands, asks for the next action, and does it. */
export async function offer(program: Program, io: Io): Promise<ExitCode> {
  const { name, root, status } = await read(io.cwd);
  printStatus(io, name, status);
  io.line();
  const choices = actions(status);
  // Loaded once where it stands is on the screen: most of the time goes into it.
  const { select } = await import('../questions/prompt.ts');
  const action = await select<Action>(io, 'What next?', choices, choices[0]?.value ?? 'nothing');
  if (action === 'nothing') return ExitCode.ok;
  if (action === 'show-plan') {
    const plan = readPlan(root);
    if (plan) printPlan(io, plan, { explain: true, elapsed: null, written: null });
    return ExitCode.ok;
  }
  const run =
    'run' in action ? action.run : ['skip', action.skip, '--reason', await reasonFor(io, action.skip)];
  io.note(io.colors.dim(`$ ${program.name()} ${run.map(quoted).join(' ')}`));
  // Loaded late: main discovers this very file.
  const { main } = await import('../main.ts');
  return main([...run], io);
}

async function reasonFor(io: Io, step: string): Promise<string> {
  const { input } = await import('../questions/prompt.ts');
  return input(io, `Why is ${step} skipped?`);
}

const quoted = (word: string): string => (/\s/.test(word) ? JSON.stringify(word) : word);

/** The next actions, the recommended one first. */
function actions(status: RepositoryStatus): Choice<Action>[] {
  const inventory: Choice<Action> = { name: 'List what the repository uses', value: { run: ['inventory'] } };
  const tried: Choice<Action> = {
    name: 'Try it on every runtime, in scratch copies',
    value: { run: ['try'] },
  };
  const leave: Choice<Action> = { name: 'Nothing', value: 'nothing' };
  if (!status.plan) {
    return [
      { name: 'Draw the plan (recommended: nothing else starts without it)', value: { run: ['plan'] } },
      tried,
      inventory,
      leave,
    ];
  }
  const { plan } = status;
  const next = plan.next.find((line) => line.startsWith('migrate ') && !wasDone(line, status));
  const commands = [...rehearsalBefore(next, status), ...(next ? [next] : []), ...otherStages(next, plan)];
  const skipped = openStep(next, plan);
  const last = status.plan.steps
    .filter(({ state }) => state === 'done')
    .sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : 1))
    .at(-1);
  return [
    ...commands.map((command, at) => ({
      name: `${command}  (${at === 0 ? 'recommended: ' : ''}${nextStep(command, status)})`,
      value: { run: command.split(' ').slice(1) },
    })),
    ...(skipped ? [{ name: `Skip ${skipped.id}: ${skipped.title}`, value: { skip: skipped.id } }] : []),
    ...(last ? [{ name: `Take back ${last.id}`, value: { run: ['undo', last.id] } }] : []),
    { name: 'Show the plan with its reasons', value: 'show-plan' },
    { name: 'Draw the plan again', value: { run: ['plan'] } },
    tried,
    inventory,
    leave,
  ];
}

type Drawn = NonNullable<RepositoryStatus['plan']>;

/** What a command of the plan does next, in words. */
function nextStep(command: string, { plan }: RepositoryStatus): string {
  if (command.startsWith('migrate promote ')) return 'its steps are done; are its gates?';
  if (command.endsWith(' --rehearse')) return 'the way back is tried in scratch; the promotion asks for it';
  return (plan && openStep(command, plan)?.title) ?? "the plan's next step";
}

const openStep = (command: string | undefined, plan: Drawn) =>
  plan.steps.find(({ stage, state }) => command === `migrate apply ${stage}` && state === 'open');

/** A promotion asks for a rehearsal of the way back, made after the last change of its stage. */
function rehearsalBefore(command: string | undefined, { plan, done }: RepositoryStatus): string[] {
  const stage = /^migrate promote (\S+)$/.exec(command ?? '')?.[1];
  if (stage === undefined) return [];
  const steps = new Set(plan?.steps.filter((step) => step.stage === stage).map(({ id }) => id));
  const last = done.findLast(
    ({ event, detail }) =>
      (event === 'rollback-rehearsed' && detail.stage === stage) || steps.has(String(detail.step)),
  );
  return last?.event === 'rollback-rehearsed' ? [] : [`migrate rollback ${stage} --rehearse`];
}

/** Ready stages that are not next: those after it, and the edge layer, which no target asks for. */
const otherStages = (next: string | undefined, plan: Drawn): string[] =>
  plan.stages
    .filter(({ status }) => status === 'ready')
    .map(({ id }) => `migrate apply ${id}`)
    .filter((command) => command !== next && openStep(command, plan) !== undefined);

/** Whether a codemod of this name stands applied: its dry run would have nothing to show. */
function wasDone(line: string, { done }: RepositoryStatus): boolean {
  const codemod = /^migrate codemod run (\S+)/.exec(line)?.[1];
  const applied = done.findLast(
    ({ event, detail }) => event === 'codemod-applied' && detail.codemod === codemod,
  );
  return (
    applied !== undefined &&
    !done.some(({ event, detail }) => event === 'undone' && detail.journal === applied.detail.journal)
  );
}
