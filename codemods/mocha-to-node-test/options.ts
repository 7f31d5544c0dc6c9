import { parse as parseJson } from 'jsonc-parser';
import { parse as parseYaml } from 'yaml';

/** What Mocha is told, in a script or a configuration file. */
export interface Told {
  /** Where tests are: files, folders, patterns. */
  specs: string[];
  extensions: string[];
  recursive: boolean;
  parallel: boolean;
  watch: boolean;
  exit: boolean;
  /** Modules that are loaded before the tests. */
  loads: string[];
  /** Options of Node.js among them. */
  node: string[];
  /** What is not known to come to the same, in words; null where all is. */
  odd: string | null;
}

export const nothing = (): Told => ({
  ...{ specs: [], extensions: [], recursive: false, parallel: false, watch: false, exit: false },
  ...{ loads: [], node: [], odd: null },
});

/** What one option says. */
type Say = (told: Told, value: string) => void;
const drop: Say = () => undefined;
const sets =
  (name: 'recursive' | 'parallel' | 'watch' | 'exit'): Say =>
  (told) => {
    told[name] = true;
  };

/** Options without a value, by their long names. */
const FLAGS: Readonly<Record<string, Say>> = {
  ...{ recursive: sets('recursive'), parallel: sets('parallel'), watch: sets('watch'), exit: sets('exit') },
  // What is printed, and what Node.js does as it is.
  ...{ color: drop, colors: drop, 'full-trace': drop, diff: drop, 'inline-diffs': drop, 'forbid-only': drop },
  'enable-source-maps': ({ node }) => void node.push('--enable-source-maps'),
};
/** Options with one. */
const VALUES: Readonly<Record<string, Say>> = {
  spec: ({ specs }, value) => void specs.push(value),
  extension: ({ extensions }, value) =>
    void extensions.push(...value.split(',').map((each) => each.replace(/^\./, ''))),
  require: ({ loads }, value) => void loads.push(value),
  import: ({ node }, value) => void node.push(`--import=${value}`),
  'node-option': ({ node }, value) => void node.push(`--${value}`),
  ui: (told, value) => {
    if (value !== 'bdd') told.odd ??= `its style is \`${value}\``;
  },
  // Node.js has no limit of its own, and prints in its own way.
  ...{ timeout: drop, slow: drop, reporter: drop, 'reporter-option': drop, 'reporter-options': drop },
};
const SHORT: Readonly<Record<string, string>> = {
  ...{
    r: 'require',
    t: 'timeout',
    s: 'slow',
    R: 'reporter',
    O: 'reporter-option',
    u: 'ui',
    c: 'color',
    C: 'no-color',
  },
  ...{ w: 'watch', n: 'node-option', timeouts: 'timeout' },
};

/** Reads the words behind `mocha`. */
export function toldBy(words: readonly string[], told: Told): Told {
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const [, long, given] = /^--?([A-Za-z][\w-]*)(?:=(.*))?$/.exec(word) ?? [];
    if (long === undefined) {
      if (word.startsWith('-')) told.odd ??= `\`${word}\` is no option that was compared`;
      else told.specs.push(word);
      continue;
    }
    const name = SHORT[long] ?? long;
    const plain = name.replace(/^no-/, '');
    if (FLAGS[plain] && given === undefined) {
      if (plain === name) FLAGS[plain](told, '');
    } else if (VALUES[name]) {
      VALUES[name](told, given ?? words[at + 1] ?? '');
      if (given === undefined) at += 1;
    } else if (process.allowedNodeEnvironmentFlags.has(`--${name}`)) told.node.push(word);
    else told.odd ??= `\`--${name}\` of Mocha has no counterpart in \`node --test\``;
  }
  return told;
}

/** Reads a configuration: JSON, YAML, or the field `mocha` of package.json. */
export function toldIn(config: unknown, told: Told): Told {
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    told.odd ??= 'the configuration is no list of options';
    return told;
  }
  for (const [key, value] of Object.entries(config)) {
    const name = SHORT[key] ?? key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (typeof value === 'boolean') {
      if (value) toldBy([`--${name}`], told);
      else if (!FLAGS[name]) told.odd ??= `\`${key}\` of the configuration was not compared`;
    } else
      for (const each of Array.isArray(value) ? value : [value]) toldBy([`--${name}=${String(each)}`], told);
  }
  return told;
}

/** The text of a configuration file as a value. */
export const readConfig = (path: string, text: string): unknown =>
  /\.ya?ml$/.test(path) ? parseYaml(text) : parseJson(text.replace(/^\uFEFF/, ''));
