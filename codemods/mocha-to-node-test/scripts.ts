import { dirname, posix } from 'node:path';
import { programsIn, type Word } from '../../src/workspace/command-line.ts';
import { setField } from '../../src/workspace/manifest-edit.ts';
import { type Manifest, olderThan } from '../shared/transform/surroundings.ts';
import { nothing, readConfig, type Told, toldBy, toldIn } from './options.ts';
import { filesOf, specWords } from './specs.ts';

/** What a repository's files say to what runs the tests of a package. */
export interface Beside {
  paths: readonly string[];
  read(path: string): Promise<string | null>;
}

/** The scripts of a package that run Mocha: what they become, and which files they run. */
export interface Runs {
  scripts: ReadonlyMap<string, string>;
  files: ReadonlySet<string>;
  /** Configuration files that nothing reads afterwards. */
  configs: readonly string[];
}

/** `node --test` runs a file by a pattern of its own from here on. */
const GLOBS = '21.0.0';
const CONFIGS = [
  '.mocharc.js',
  '.mocharc.cjs',
  '.mocharc.mjs',
  '.mocharc.yaml',
  '.mocharc.yml',
  '.mocharc.jsonc',
  '.mocharc.json',
];

/** @returns a sentence where a script cannot be written otherwise */
export async function runsOf(manifest: Manifest, only: boolean, beside: Beside): Promise<Runs | string> {
  const folder = dirname(manifest.path);
  const inFolder = (path: string) => posix.join(folder, path);
  const configured = await configOf(manifest, inFolder, beside);
  if (typeof configured === 'string') return configured;
  const scripts = new Map<string, string>();
  const files = new Set<string>();
  for (const [name, command] of Object.entries(manifest.scripts)) {
    const words = mochaIn(command);
    if (words === null) continue;
    const where = `the script \`${name}\` of ${manifest.path}`;
    if (words === 'odd') return `${where} runs Mocha otherwise than by \`mocha\``;
    const told = toldBy(words.args, toldIn(configured.config, nothing()));
    if (told.odd !== null) return `${where}: ${told.odd}`;
    const specs = told.specs.length > 0 ? told.specs : ['./test'];
    const own = filesOf(specs, told, folder, beside.paths);
    if (typeof own === 'string') return `${where}: ${own}`;
    for (const each of own) files.add(inFolder(each));
    const globs = manifest.engine !== null && olderThan(manifest, GLOBS) === null;
    const loads = await loadsOf(told, inFolder, beside);
    if (typeof loads === 'string') return `${where}: ${loads}`;
    const flags = [
      ...told.node,
      ...loads,
      '--test',
      ...(only ? ['--test-only'] : []),
      // Mocha runs one file after the other.
      ...(told.parallel ? [] : ['--test-concurrency=1']),
      ...(told.watch ? ['--watch'] : []),
      ...(told.exit ? ['--test-force-exit'] : []),
    ];
    const becomes = ['node', ...flags, ...specWords(specs, own, told, globs)].join(' ');
    scripts.set(name, command.slice(0, words.start) + becomes + command.slice(words.end));
  }
  return scripts.size === 0
    ? `no script of ${manifest.path} runs Mocha`
    : { scripts, files, configs: configured.files };
}

/** package.json with the scripts as they are now, and without Mocha's configuration. */
export function rewritten(text: string, { scripts }: Runs, removeField: (text: string) => string): string {
  let now = removeField(text);
  for (const [name, command] of scripts) now = setField(now, ['scripts', name], command);
  return now;
}

/** The words of `mocha` in a command, and where they stand; null where none runs it. */
function mochaIn(command: string): { start: number; end: number; args: string[] } | 'odd' | null {
  if (!/\bmocha\b/.test(command)) return null;
  const found = programsIn(command).flatMap(({ word, args, before }) => {
    const all: Word[] = [word, ...args];
    const isRunner = /^(?:c8|nyc)$/.test(word.text);
    const at = all.findIndex(({ text }, index) => isMocha(text) && (index === 0 || isRunner));
    const own = all[at];
    if (!own) return [];
    const npx = at === 0 ? before.find(({ text }) => text === 'npx') : undefined;
    const rest = all.slice(at + 1);
    return [
      {
        start: npx?.start ?? own.start,
        end: rest.at(-1)?.end ?? own.end,
        args: rest.map(({ text }) => text),
      },
    ];
  });
  const [only, ...more] = found;
  return only && more.length === 0 ? only : 'odd';
}

const isMocha = (text: string): boolean => /^(?:(?:\.\/)?node_modules\/\.bin\/)?_?mocha$/.test(text);

/** What Mocha reads beside the script. */
async function configOf(
  manifest: Manifest,
  inFolder: (path: string) => string,
  { paths, read }: Beside,
): Promise<{ config: unknown; files: string[] } | string> {
  if (paths.includes(inFolder('test/mocha.opts'))) return 'test/mocha.opts is not read by releases of today';
  const own: unknown = JSON.parse(manifest.text.replace(/^\uFEFF/, '')).mocha;
  const file = CONFIGS.map(inFolder).find((each) => paths.includes(each));
  if (file === undefined) return { config: own ?? {}, files: [] };
  if (own !== undefined) return `${file} and package.json both configure Mocha`;
  if (/js$/.test(file)) return `${file} is a program: what it says is not read`;
  return { config: readConfig(file, (await read(file)) ?? ''), files: [file] };
}

/** Modules that are loaded first, as Node.js is told. */
async function loadsOf(
  { loads }: Told,
  inFolder: (path: string) => string,
  { paths, read }: Beside,
): Promise<string[] | string> {
  const flags: string[] = [];
  for (const name of loads) {
    const file = [name, `${name}.js`, `${name}.cjs`, `${name}.mjs`, `${name}/index.js`]
      .map(inFolder)
      .find((each) => paths.includes(each));
    if (file === undefined) {
      flags.push(`--require ${name}`);
      continue;
    }
    const text = (await read(file)) ?? '';
    if (/\bmocha(?:Hooks|GlobalSetup|GlobalTeardown)\b/.test(text))
      return `${file} gives Mocha hooks for every file`;
    const path = name.startsWith('.') ? name : `./${name}`;
    const isModule =
      /\.m[jt]s$/.test(file) || (!/\.c[jt]s$/.test(file) && /^\s*(?:import|export)\b/m.test(text));
    flags.push(
      `--${isModule ? 'import' : 'require'} ${isModule ? posix.relative('.', path).replace(/^(?!\.)/, './') : path}`,
    );
  }
  return flags;
}
