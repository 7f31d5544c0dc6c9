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

/** What bare `migrate` offers: another command of this program, the stored plan, or nothing. */
type Action = { run: readonly string[] } | 'show-plan' | 'nothing';

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
  io.note(io.colors.dim(`$ ${program.name()} ${action.run.join(' ')}`));
  // Loaded late: main discovers this very file.
  const { main } = await import('../main.ts');
  return main([...action.run], io);
}

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
  const next = status.plan.next.find((line) => line.startsWith('migrate ') && !wasDone(line, status));
  const last = status.plan.steps
    .filter(({ state }) => state === 'done')
    .sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : 1))
    .at(-1);
  return [
    ...(next
      ? [
          {
            name: `${next}  (recommended: ${nextStep(next, status)})`,
            value: { run: next.split(' ').slice(1) },
          },
        ]
      : []),
    ...(last ? [{ name: `Take back ${last.id}`, value: { run: ['undo', last.id] } }] : []),
    { name: 'Show the plan with its reasons', value: 'show-plan' },
    { name: 'Draw the plan again', value: { run: ['plan'] } },
    tried,
    inventory,
    leave,
  ];
}

/** What a command of the plan does next, in words. */
function nextStep(command: string, { plan }: RepositoryStatus): string {
  if (command.startsWith('migrate promote ')) return 'its steps are done; are its gates?';
  const open = plan?.steps.find(
    ({ stage, state }) => command === `migrate apply ${stage}` && state === 'open',
  );
  return open ? open.title : "the plan's next step";
}

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
