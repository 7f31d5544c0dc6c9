import type { Script, ScriptUse } from '../../model/inventory.ts';
import type { Span } from '../../model/location.ts';
import { type Program, programsIn, type Word } from '../../workspace/command-line.ts';
import type { ScriptRules } from '../table.ts';

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
const SILENT = /^(?:-s|--silent)$/;

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
    const [word = '', ...rest] = args.filter((arg) => !SILENT.test(arg));
    if (INSTALLS.has(word))
      return [
        `npm ${word} installs packages; Bun in its place would be another package manager, with a lockfile of its own`,
      ];
    const isRun = word === 'run' || word === 'run-script';
    const name = isRun ? rest[0] : SHORT.has(word) ? word : undefined;
    if (word.startsWith('-')) return [`what Bun does in place of \`npm ${word}\` was not measured`];
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

/** What is known of a package beside a script's own text. */
export interface Around {
  /** Programs that the script starts by their path and whose first line asks for Node. */
  nodePrograms: readonly string[];
  /** There are files of variables that Bun reads by itself and Node does not. */
  environmentFiles: boolean;
  /** Programs of installed packages whose first line asks for Node; absent where nobody looked. */
  installed?: ReadonlySet<string>;
  /** Names of all scripts. */
  scripts: readonly string[];
}

/** The command with each program replaced, where it stands, by what runs it on Bun. */
export function onBun({ command }: Pick<Script, 'command'>, around: Around, rules: ScriptRules): string {
  const edits = programsIn(command).flatMap((program) => programOnBun(program, around, rules));
  return edits
    .toReversed()
    .reduce((text, { start, end, text: by }) => text.slice(0, start) + by + text.slice(end), command);
}

type TextEdit = Span & { text: string };

function programOnBun(program: Program, around: Around, rules: ScriptRules): TextEdit[] {
  const { word, args, before } = program;
  // A word with quotes or variables in it is not looked into.
  if (word.end - word.start !== word.text.length || /[$`]/.test(word.text)) return [];
  const reads = around.environmentFiles && !args.some(({ text }) => text.startsWith('--env-file'));
  const bun = reads ? 'bun --no-env-file' : 'bun';
  if (around.nodePrograms.includes(word.text)) return [{ ...word, text: `${bun} ${word.text}` }];
  if (word.text === 'npm') return npmOnBun(word, args);
  if (/^(?:run-s|npm-run-all)$/.test(word.text)) return inOrder(program, around);
  const npx = before.at(-1);
  const start = npx?.text === 'npx' ? npx.start : word.start;
  const rule = rules.programs.find((one) => one.program === word.text);
  if (rule?.becomes === 'bun') {
    const file = environmentFile(before);
    const watches = args[0]?.text === 'watch' && word.text !== 'node' ? args[0] : undefined;
    const text = `${file ? `bun --env-file=${file.name}` : bun}${watches ? ' --watch' : ''}`;
    return [{ start: file?.start ?? start, end: watches?.end ?? word.end, text }, ...compilers(args)];
  }
  if (rule?.becomes) return [{ start, end: word.end, text: rule.becomes.replace(/^bun(?= |$)/, bun) }];
  // `bun run` would start the script of that name.
  if (!around.installed?.has(word.text) || around.scripts.includes(word.text)) return [];
  return [{ start, end: word.end, text: `${bun} --bun run ${word.text}` }];
}

/** `dotenv -e .env.test -- node x`: Bun reads the file itself, and like dotenv changes no variable that is set. */
function environmentFile(before: readonly Word[]): { start: number; name: string } | null {
  const [first, flag, name, dashes] = before.slice(-4);
  if (first?.text !== 'dotenv' || flag?.text !== '-e' || dashes?.text !== '--') return null;
  return name && /^[\w./-]+$/.test(name.text) ? { start: first.start, name: name.text } : null;
}

/** What makes Node read TypeScript, in the words that take it out. */
const COMPILERS = /^(?:tsx(?:\/(?:cjs|esm))?|ts-node(?:\/[\w/-]+)?|@swc-node\/register|esbuild-register)$/;
const LOADS = /^(?:-r|--require|--import|--loader|--experimental-loader)$/;

function compilers(args: readonly Word[]): TextEdit[] {
  const edits: TextEdit[] = [];
  for (let at = 0; args[at]?.text.startsWith('-'); at++) {
    const [flag, value] = [args[at], args[at + 1]];
    if (!flag) break;
    const next = LOADS.test(flag.text) ? value : flag;
    const [, own = ''] = /^--(?:require|import|loader|experimental-loader)=(.+)$/.exec(flag.text) ?? [];
    const goes =
      next === value
        ? COMPILERS.test(value?.text ?? '')
        : COMPILERS.test(own) || flag.text === '--experimental-strip-types';
    const after = args[args.indexOf(next ?? flag) + 1];
    if (goes && after) edits.push({ start: flag.start, end: after.start, text: '' });
    if (next === value) at += 1;
  }
  return edits;
}

/** `run-s build lint`: one script after the other, until one fails. Options, patterns and groups stay as they are. */
function inOrder({ word, args, before }: Program, { scripts }: Around): TextEdit[] {
  const names = args.map(({ text }) => text);
  const last = args.at(-1);
  if (!last || before.length > 0 || !names.every((name) => scripts.includes(name))) return [];
  return [{ start: word.start, end: last.end, text: names.map((name) => `bun run ${name}`).join(' && ') }];
}

/** `npm -s run x` and `npm test`: Bun has `--silent`, and no `-s`. */
function npmOnBun(word: Word, args: readonly Word[]): TextEdit[] {
  const at = args.findIndex(({ text }) => !SILENT.test(text));
  const [verb, ...rest] = args.slice(at);
  if (at === -1 || !verb) return [];
  const isRun = verb.text === 'run' || verb.text === 'run-script';
  if (!isRun && !SHORT.has(verb.text)) return [];
  const flags = isRun
    ? rest.slice(
        0,
        Math.max(
          0,
          rest.findIndex(({ text }) => !SILENT.test(text)),
        ),
      )
    : [];
  const silent = at > 0 || flags.length > 0 ? ' --silent' : '';
  const end = flags.at(-1)?.end ?? verb.end;
  return [{ start: word.start, end, text: `bun run${silent}${isRun ? '' : ` ${verb.text}`}` }];
}
