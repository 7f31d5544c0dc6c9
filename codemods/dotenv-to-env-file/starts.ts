import { dirname, posix } from 'node:path';
import type { CodemodInput } from '../../src/codemod/contract.ts';
import { setField } from '../../src/workspace/manifest-edit.ts';
import { loadModules, type Modules } from '../../src/workspace/syntax/modules.ts';
import type { Prepared } from '../shared/transform/ordinary.ts';
import type { Manifest } from '../shared/transform/surroundings.ts';
import type { Work } from '../shared/transform/work.ts';
import { oddLine } from './odd-lines.ts';

export const NEEDS = '22.9.0';
const FLAG = '--env-file-if-exists=.env';

/** Words of a script that start a program. */
const STARTS =
  /(?:^|[\s&|;"'])(?:node|nodemon|pm2|forever|ts-node|ts-node-dev|tsx|node-dev|supervisor|concurrently|npx|bun|deno|electron|c8|nyc)(?=\s|$)/;
/** Files beside package.json that start programs. */
const STARTERS =
  /(?:^|\/)(?:Dockerfile[^/]*|Procfile|(?:docker-)?compose[^/]*\.ya?ml|ecosystem\.config\.[cm]?js|nodemon\.json|launch\.json|vercel\.json|app\.yaml|[^/]+\.(?:sh|service))$/;

/** `node`, with what may stand before it and flags that have no value of their own, and one file. */
const PLAIN =
  /^((?:[A-Z_][A-Z0-9_]*=\S+\s+)*(?:cross-env\s+(?:[A-Z_][A-Z0-9_]*=\S+\s+)+)?node)((?:\s+--?[a-z][\w-]*(?:=\S+)?)*)\s+([^\s&|;<>$-][^\s&|;<>$]*)((?:\s+[^\s&|;<>]+)*)$/;
/** Flags of Node.js without a value behind a space. */
const FLAGS =
  /^--(?:watch|inspect(?:-brk)?(?:=\S+)?|enable-source-maps|trace-[\w-]+|no-[\w-]+|experimental-[\w-]+|env-file(?:-if-exists)?=\S+|max-old-space-size=\d+)$/;

interface Start {
  script: string;
  file: string;
  hasFlag: boolean;
  /** The command with the flag. */
  flagged: string;
}

/** A script that is one plain start of a file; null for any other. */
function startOf(script: string, command: string): Start | null {
  const found = PLAIN.exec(command.trim());
  if (found === null) return null;
  const [, node = '', flags = '', file = '', rest = ''] = found;
  const given = flags.trim() === '' ? [] : flags.trim().split(/\s+/);
  if (!given.every((each) => FLAGS.test(each))) return null;
  const hasFlag = given.some((each) => each.startsWith('--env-file'));
  return { script, file, hasFlag, flagged: hasFlag ? command : `${node} ${FLAG}${flags} ${file}${rest}` };
}

/** Why the start of a file does not tell Node.js to read `.env`, and is not changed to; null where it is. */
export function startedBy(work: Work): string | null {
  const { manifest, starts } = work.around;
  if (starts) return starts(work.path);
  const scripts = Object.entries(manifest?.scripts ?? {}).filter(([, text]) => STARTS.test(text));
  const isTold = scripts.length > 0 && scripts.every(([name, text]) => startOf(name, text)?.hasFlag);
  return isTold
    ? null
    : 'the scripts that start it have to be changed with it, which `migrate codemod run dotenv-to-env-file` does';
}

/** Which scripts start which file, for the whole repository. */
export async function startsIn(
  input: CodemodInput,
  manifestOf: (path: string) => Promise<Manifest | null>,
): Promise<Prepared> {
  const modules = await loadModules(input);
  const problems = new Map<string, string | null>();
  const started = new Map<string, { manifest: Manifest; starts: Start[] }>();
  const starters = input.paths.filter((path) => STARTERS.test(path));
  const texts = new Map<string, string>();
  for (const path of starters) texts.set(path, (await input.read(path)) ?? '');
  for (const path of modules.paths) {
    if (!modules.packagesOf(path).includes('dotenv')) continue;
    const manifest = await manifestOf(path);
    const found =
      manifest === null ? 'no package.json starts it' : findStarts(modules, path, manifest, texts);
    if (typeof found === 'string' || manifest === null) {
      problems.set(path, String(found));
      continue;
    }
    const file = posix.join(dirname(manifest.path), '.env');
    const odd = oddLine((await input.read(file)) ?? '');
    problems.set(path, odd === null ? null : `${file}:${odd.line} ${odd.why}`);
    if (odd === null) started.set(path, { manifest, starts: found });
  }
  return {
    around: {
      starts: (path) => problems.get(path) ?? (problems.has(path) ? null : 'what starts it is not known'),
    },
    rewrite: (manifest, text, changed) => {
      let now = text;
      for (const [path, { manifest: own, starts }] of started) {
        if (own.path !== manifest.path || !changed.has(path)) continue;
        for (const { script, flagged } of starts) now = setField(now, ['scripts', script], flagged);
      }
      return now;
    },
    next: ({ engine }) =>
      engine === null
        ? [`\`${FLAG}\` needs Node.js ${NEEDS} or newer: say so in engines.node of package.json.`]
        : [],
  };
}

/** The scripts that start what loads a file; a sentence where something starts it that cannot be told. */
function findStarts(
  modules: Modules,
  path: string,
  manifest: Manifest,
  starters: ReadonlyMap<string, string>,
): Start[] | string {
  const folder = dirname(manifest.path);
  const roots = rootsOf(modules, path);
  if (roots.length === 0) return 'what loads it first is not known';
  const starts: Start[] = [];
  for (const [script, command] of Object.entries(manifest.scripts)) {
    if (/DOTENV_/.test(command)) return `the script \`${script}\` tells dotenv otherwise`;
    if (!STARTS.test(command)) continue;
    const start = startOf(script, command);
    if (start === null)
      return `the script \`${script}\` of ${manifest.path} starts programs otherwise than by \`node file\``;
    const base = posix.join(folder, start.file);
    const file = [base, `${base}.js`, posix.join(base, 'index.js')].find(
      (each) => modules.text(each) !== null,
    );
    if (file !== undefined && roots.includes(file)) starts.push({ ...start, file });
  }
  for (const root of roots) {
    if (!starts.some(({ file }) => file === root))
      return `no script of ${manifest.path} starts ${root}, which loads it`;
    if (modules.text(root)?.startsWith('#!')) return `${root} may be started by its \`#!\` line`;
    const name = posix.basename(root).replace(/\.[cm]?js$/, '');
    for (const [starter, text] of starters)
      if (new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(text)) return `${starter} may start ${root}, too`;
  }
  return starts;
}

/** Files that nothing imports and that load a file, itself among them. */
function rootsOf(modules: Modules, path: string): string[] {
  const seen = new Set([path]);
  const roots: string[] = [];
  for (const each of seen) {
    const importers = modules.importersOf(each);
    if (importers.length === 0) roots.push(each);
    for (const importer of importers) seen.add(importer);
  }
  return roots;
}
