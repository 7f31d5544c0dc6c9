import { invocations, programsIn } from '../../src/workspace/command-line.ts';
import { NODE_TESTS_ON } from '../../src/workspace/test-runners/node-tests.ts';
import type { WorkflowJob, WorkflowStep } from '../shared/scripts/workflow.ts';
import type { New } from './runtime.ts';

/** A step that runs tests, and the command that runs them on the new runtime. */
export interface TestStep {
  step: WorkflowStep;
  command: string;
}

/** Test runners that are programs of a package: what runs them decides the runtime. */
const RUNNERS = /^(?:vitest|jest|mocha)$/;
/** One script by a package manager, and nothing else. */
const MANAGERS = /^(?:npm|pnpm|yarn)$/;

/** The steps of a job that run the project's tests; why they stay; null where it runs none. */
export function testsIn(
  job: WorkflowJob,
  scripts: ReadonlyMap<string, string>,
  runtime: New,
): TestStep[] | { reason: string; at: number } | null {
  const found: TestStep[] = [];
  for (const step of job.steps) {
    const tests = [...step.scripts].filter((name) => isTest(scripts.get(name) ?? ''));
    if (tests.length === 0) continue;
    const script = scriptOf(step.command);
    if (script === null || !tests.includes(script))
      return { reason: `\`${oneLine(step.command)}\` runs more than the tests`, at: step.start };
    const command = onRuntime(script, scripts, runtime);
    if ('reason' in command) return { ...command, at: step.start };
    found.push({ step, ...command });
  }
  return found.length > 0 ? found : null;
}

const isTest = (command: string): boolean =>
  invocations(command).some(
    ({ program, args }) => RUNNERS.test(program) || (program === 'node' && args.includes('--test')),
  );

/** `npm test`, `npm run unit`, `pnpm unit`: the script's name. */
function scriptOf(command: string): string | null {
  const [first, ...others] = programsIn(command.trim());
  if (!first || others.length > 0 || first.before.length > 0 || !MANAGERS.test(first.word.text)) return null;
  const words = first.args.map(({ text }) => text);
  const [name, ...more] = words[0] === 'run' || words[0] === 'run-script' ? words.slice(1) : words;
  return name === undefined || more.length > 0 ? null : name;
}

function onRuntime(
  name: string,
  scripts: ReadonlyMap<string, string>,
  runtime: New,
): { command: string } | { reason: string } {
  const command = scripts.get(name) ?? '';
  const hook = [`pre${name}`, `post${name}`].find((each) => scripts.has(each));
  if (hook !== undefined) return { reason: `\`${hook}\` runs with the tests` };
  const [only, ...others] = programsIn(command);
  if (!only || others.length > 0) return { reason: `the script \`${name}\` runs more than the tests` };
  const [runner] = invocations(command);
  if (runner?.program !== 'node')
    return runtime.name === 'bun'
      ? { command: `bun --bun run ${name}` }
      : { reason: `how \`${runner?.program ?? name}\` runs on Deno was not measured` };
  const preload = only.args.find(({ text }) => /^(?:-r|--require|--import|--loader|--env-file)/.test(text));
  return preload
    ? { reason: `\`${preload.text}\` of the script \`${name}\` is written otherwise for ${runtime.name}` }
    : { command: NODE_TESTS_ON[runtime.name] };
}

const oneLine = (command: string): string => command.trim().split('\n').join('; ');
