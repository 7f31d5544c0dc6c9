import { invocations, runtimeCall, words } from '../../../workspace/command-line.ts';
import { commandPlaces } from '../commands.ts';
import type { RepositoryRule } from '../repository-rule.ts';
import type { Seen } from '../seen.ts';

/** Flags of Node that another runtime takes, refuses or ignores. */
const FLAGS = new Set([
  ...['--expose-gc', '--expose_gc', '--stack-size', '--openssl-legacy-provider', '--openssl-config'],
  ...[
    '--insecure-http-parser',
    '--max-http-header-size',
    '--experimental-specifier-resolution',
    '--enable-fips',
    '--force-fips',
  ],
  ...[
    '--inspect',
    '--inspect-brk',
    '--heapsnapshot-signal',
    '--heapsnapshot-near-heap-limit',
    '--report-on-fatalerror',
    '--diagnostic-dir',
  ],
  ...[
    '--cpu-prof',
    '--prof',
    '--optimize-for-size',
    '--unhandled-rejections',
    '--dns-result-order',
    '--use-openssl-ca',
    '--use-system-ca',
    '--tls-min-v1.0',
    '--icu-data-dir',
    '--preserve-symlinks',
    '--jitless',
  ],
]);
/** Options that load a module before the program. */
const PRELOADS = /^(?:-r|--require|--import|--loader|--experimental-loader)(?:[ =](.+))?$/;
/** What TypeScript runs by: Bun and Deno need none. */
const TRANSPILERS =
  /^(?:tsx|ts-node|ts-node\/register|tsx\/\w+|@swc-node\/register|esbuild-register|@babel\/register|tsconfig-paths\/register)/;
const HEAP = /^--max[-_]old[-_]space[-_]size(?:=(\d+))?/;

const rule: RepositoryRule = {
  id: 'flags',
  title: 'flags of Node in images, scripts and process managers',
  kinds: ['options-preload', 'options-heap', 'flag-preload', 'flag-transpiler', 'flag-heap', 'flag-other'],
  async see(look) {
    const seen: Seen[] = [];
    for (const { how, text, ...evidence } of await commandPlaces(look)) {
      const isOptions = how === 'NODE_OPTIONS';
      const flags = isOptions
        ? optionsIn(text)
        : invocations(text).flatMap((item) => (item.program === 'node' ? runtimeCall(item).flags : []));
      const own = isOptions
        ? []
        : [...text.matchAll(/\bNODE_OPTIONS=("[^"]*"|'[^']*'|\S+)/g)].flatMap(([, value = '']) =>
            optionsIn(value.replace(/^["']|["']$/g, '')),
          );
      for (const flag of flags) note(flag, isOptions, evidence);
      for (const flag of own) note(flag, true, evidence);
    }
    return { seen };

    function note(flag: string, isOptions: boolean, evidence: Pick<Seen, 'location' | 'known'>): void {
      const preload = PRELOADS.exec(flag)?.[1];
      if (preload !== undefined) {
        if (TRANSPILERS.test(preload)) seen.push({ ...evidence, kind: 'flag-transpiler', name: preload });
        else seen.push({ ...evidence, kind: isOptions ? 'options-preload' : 'flag-preload', name: preload });
      } else if (HEAP.test(flag))
        seen.push({ ...evidence, kind: isOptions ? 'options-heap' : 'flag-heap', name: flag });
      else {
        const name = flag.split(/[ =]/)[0] ?? flag;
        if (FLAGS.has(name)) seen.push({ ...evidence, kind: 'flag-other', name });
      }
    }
  },
};

/** The options of NODE_OPTIONS, each with its value: `--require ./a.js`, `--max-old-space-size=200`. */
function optionsIn(text: string): string[] {
  const all = words(text);
  const found: string[] = [];
  for (let at = 0; at < all.length; at++) {
    const word = all[at] ?? '';
    const takesNext = /^(?:-r|--require|--import|--loader|--experimental-loader)$/.test(word);
    if (takesNext && all[at + 1] !== undefined) found.push(`${word} ${all[++at]}`);
    else if (word.startsWith('-')) found.push(word);
  }
  return found;
}

export default rule;
