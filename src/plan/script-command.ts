import type { Script, ScriptUse } from '../model/inventory.ts';
import type { ScriptRules } from './table.ts';

const INSTALLS = new Set([
  'ci',
  'install',
  'i',
  'add',
  'uninstall',
  'remove',
  'update',
  'dedupe',
  'prune',
  'link',
]);
/** Words of npm that run the script of that name. */
const SHORT = new Set(['test', 'start', 'stop', 'restart']);

/**
 * What keeps a script on npm or Node by the arguments it gives: Bun takes `run` and a script's name, and that is all of
 * npm that is the same thing there.
 */
export function managerObjections(script: Script, use: ScriptUse): string[] {
  const environment = /(?:^|[\s"'])NODE_OPTIONS=/.test(script.command)
    ? ['Bun does not read NODE_OPTIONS, which the command sets']
    : [];
  const ofPrograms = use.runs.flatMap(({ program, args }) => {
    // Those of tsx are Node's own, which it hands on.
    if (program === 'ts-node' && args[0]?.startsWith('-'))
      return [`what ${program} does for ${args[0]} was not measured on Bun`];
    if (program !== 'npm') return [];
    const [word = '', ...rest] = args.filter((arg) => !/^(?:-s|--silent)$/.test(arg));
    if (INSTALLS.has(word))
      return [
        `npm ${word} installs packages; Bun in its place would be another package manager, with a lockfile of its own`,
      ];
    const isRun = word === 'run' || word === 'run-script';
    const name = isRun ? rest[0] : SHORT.has(word) ? word : undefined;
    if (name === undefined) return [`Bun has no command that does what \`npm ${word}\` does here`];
    const further = isRun ? rest.slice(1) : rest;
    if (
      further.some((arg) => /^(?:-w|-ws|--workspaces?|--prefix|-C)(?:=|$)/.test(arg)) ||
      name.startsWith('-')
    )
      return [
        `\`npm ${args.join(' ')}\` runs a script of another package; Bun chooses packages by other rules`,
      ];
    if (!script.calls.includes(name)) return [`it runs ${name}, which is no script that was read`];
    return [];
  });
  return [...environment, ...ofPrograms];
}

/** The command with each program replaced where it stands as a word of its own. */
export function onBun(script: Script, nodePrograms: readonly string[], rules: ScriptRules): string {
  let command = script.command;
  for (const path of nodePrograms)
    command = command.replace(word(path), (_found: string, before: string) => `${before}bun ${path}`);
  for (const { program, becomes } of rules.programs) {
    if (becomes === null || program === 'npm' || !script.programs.includes(program)) continue;
    command = command.replace(word(`(?:npx\\s+)?${program}`, false), `$1${becomes}`);
  }
  return command
    .replace(word('npm((?:\\s+(?:-s|--silent))*)\\s+run(?:-script)?', false), '$1bun run$2')
    .replace(word(`npm\\s+(${[...SHORT].join('|')})`, false), '$1bun run $2');
}

/** A word of a command line: what stands before it is the first group. */
const word = (text: string, isLiteral = true): RegExp =>
  new RegExp(
    `(^|[\\s;&|(])${isLiteral ? text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : text}(?=\\s|$|[;&|)])`,
    'g',
  );
