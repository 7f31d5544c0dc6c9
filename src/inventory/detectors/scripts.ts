import type { Script, ScriptKind } from '../../model/inventory.ts';
import { type Invocation, invocations, runtimeCall } from '../../workspace/command-line.ts';
import type { Detector } from '../detector.ts';
import { scriptCalls } from '../entries/script-calls.ts';
import { said, stringEntries } from '../manifests.ts';

const RUNTIMES = new Set(['node', 'bun', 'deno']);
const TEST = new Set([
  'mocha',
  'jest',
  'vitest',
  'ava',
  'tap',
  'c8',
  'nyc',
  'playwright',
  'cypress',
  'jasmine',
  'uvu',
]);
const BUILD = new Set([
  'tsc',
  'esbuild',
  'webpack',
  'rollup',
  'vite',
  'tsup',
  'swc',
  'babel',
  'parcel',
  'rolldown',
  'tsdown',
  'unbuild',
  'ncc',
]);
const CHECK = new Set(['eslint', 'prettier', 'biome', 'oxlint', 'xo', 'standard', 'knip', 'depcheck']);
const DEV = new Set(['nodemon', 'ts-node-dev', 'tsnd', 'node-dev']);
const LIFECYCLE =
  /^(preinstall|install|postinstall|prepare|prepublish|prepublishOnly|prepack|postpack|preversion|version|postversion)$/;

const detector: Detector = {
  id: 'scripts',
  title: "package.json's scripts",
  async detect({ manifests }) {
    return {
      scripts: manifests.flatMap((manifest) => {
        const entries = stringEntries(manifest.raw.scripts);
        const names = new Set(entries.map(([name]) => name));
        return entries.map(([name, command]): Script => {
          const run = invocations(command);
          return {
            ...said(manifest, 'scripts', name),
            manifest: manifest.file,
            name,
            command,
            kind: kindOf(name, run, names),
            programs: run.map((invocation) => invocation.program),
            runtimeFlags: run
              // tsx hands Node's own flags on.
              .filter((item) => RUNTIMES.has(item.program) || item.program === 'tsx')
              .flatMap((item) => runtimeCall(item).flags),
            calls: [...new Set(run.flatMap((item) => scriptCalls(item, names).map((call) => call.name)))],
            files: [...new Set(run.flatMap((item) => item.args.filter(isSourceWord).map(trimDot)))],
          };
        });
      }),
    };
  },
};

const isSourceWord = (word: string): boolean => /^(?!-)[^*{}$]+\.(?:[cm]?[jt]s|tsx)$/.test(word);
const trimDot = (word: string): string => word.replace(/^\.\//, '');

function kindOf(name: string, run: readonly Invocation[], names: ReadonlySet<string>): ScriptKind {
  if (LIFECYCLE.test(name)) return 'lifecycle';
  const hooked = /^(?:pre|post)(.+)$/.exec(name)?.[1];
  if (hooked && names.has(hooked)) return kindOf(hooked, [], names);
  if (/(^|[:-])(dev|develop|watch)($|[:-])/.test(name) || run.some(watches)) return 'dev';
  if (/^(start|serve|prod|production)($|[:-](prod|production|server|api|web|worker)$)/.test(name))
    return 'production';
  if (/(^|[:-])(tests?|spec|e2e|coverage|cover|unit|integration)($|[:-])/.test(name)) return 'test';
  if (/(^|[:-])(lint|format|fmt|typecheck|type-check|types|check|tsc)($|[:-])/.test(name)) return 'check';
  if (/(^|[:-])(build|compile|bundle|transpile)($|[:-])/.test(name)) return 'build';
  if (run.some(({ program, args }) => TEST.has(program) || (program === 'node' && args.includes('--test'))))
    return 'test';
  if (run.some(({ program, args }) => CHECK.has(program) || (program === 'tsc' && args.includes('--noEmit'))))
    return 'check';
  if (run.some(({ program }) => BUILD.has(program))) return 'build';
  return 'task';
}

const watches = ({ program, args }: Invocation): boolean =>
  DEV.has(program) ||
  ((program === 'tsx' || program === 'bun') && args.includes('watch')) ||
  ((RUNTIMES.has(program) || program === 'tsx') &&
    args.some((arg) => arg === '--watch' || arg === '--hot') &&
    !args.includes('--test'));

export default detector;
