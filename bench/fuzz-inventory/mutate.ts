/** One change of the repository: what a file holds instead, or what stands in its place. */
export type Change =
  | { kind: 'text'; path: string; text: string }
  | { kind: 'bytes'; path: string; bytes: Uint8Array }
  | { kind: 'link'; path: string; to: 'file' | 'folder' | 'loop' | 'nothing' }
  | { kind: 'folder'; path: string }
  | { kind: 'gone'; path: string };

export type Random = () => number;

/** Numbers from 0 to 1 by a seed (mulberry32): the same seed gives the same. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Pieces that readers stumble over. */
const PIECES = [
  ...[
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '`',
    '\\',
    '\n',
    '\r\n',
    '\t',
    '\u2028',
    '\uFEFF',
    '\u0000',
    '\uD800',
    '#',
    '//',
    '/*',
    '*/',
  ],
  ...[
    '${',
    '$',
    '$(',
    '%',
    '&a [*a, *a]',
    '*a',
    '<<: *x',
    '!!js/function x',
    '? ',
    '- ',
    ': ',
    '---\n',
    '...\n',
    '|',
    '>-',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'null',
    'true',
    'NaN',
    '1e999',
    '-0',
    '0x',
    '../../../outside.txt',
    '/etc/passwd',
    '..',
    'file:../outside',
  ],
  ...[
    'import(',
    'require(',
    'export default ',
    'await ',
    'class A extends A {',
    '=> ',
    '?.',
    '...',
    'async function* ',
    'enum ',
    '@',
    'using x = ',
    'with (a) ',
    'eval(',
  ],
];
/** What may stand where a value of JSON stands. */
const VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e21,
  '',
  ' ',
  '__proto__',
  '../..',
  [],
  [null],
  [[[]]],
  {},
  { '': '' },
  { constructor: 1 },
  'a'.repeat(5000),
  ['a', 1, {}],
];

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

/** From one to four changes of a repository's files. */
export function changesOf(random: Random, files: Readonly<Record<string, string>>): Change[] {
  return Array.from({ length: 1 + Math.floor(random() * 4) }, () => change(random, files));
}

function change(random: Random, files: Readonly<Record<string, string>>): Change {
  const path = pick(random, Object.keys(files));
  const text = files[path] ?? '';
  const chance = random();
  if (chance < 0.04)
    return { kind: 'link', path, to: pick(random, ['file', 'folder', 'loop', 'nothing'] as const) };
  if (chance < 0.06) return { kind: 'folder', path };
  if (chance < 0.08) return { kind: 'gone', path };
  if (chance < 0.12)
    return {
      kind: 'bytes',
      path,
      bytes: Uint8Array.from({ length: Math.floor(random() * 400) }, () => random() * 256),
    };
  if (chance < 0.5 && path.endsWith('.json')) return { kind: 'text', path, text: otherJson(random, text) };
  return { kind: 'text', path, text: otherText(random, text) };
}

function otherText(random: Random, text: string): string {
  let made = text;
  for (let times = 1 + Math.floor(random() * 5); times > 0; times--) {
    const at = Math.floor(random() * (made.length + 1));
    const end = Math.min(made.length, at + Math.floor(random() * 60));
    const way = random();
    if (way < 0.3) made = made.slice(0, at) + pick(random, PIECES) + made.slice(at);
    else if (way < 0.55) made = made.slice(0, at) + made.slice(end);
    else if (way < 0.7)
      made = made.slice(0, end) + made.slice(at, end).repeat(1 + Math.floor(random() * 3)) + made.slice(end);
    else if (way < 0.8) made = made.slice(0, at);
    else if (way < 0.9)
      made =
        made.slice(0, at) + pick(random, PIECES).repeat(200 + Math.floor(random() * 2000)) + made.slice(at);
    else made = made.replaceAll(pick(random, ['\n', ' ', '"', ':', '{']), () => pick(random, PIECES));
  }
  return made;
}

/** The document with some of its values or keys replaced. */
function otherJson(random: Random, text: string): string {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return otherText(random, text);
  }
  const changed = (value: unknown): unknown => {
    if (random() < 0.08) return pick(random, VALUES);
    if (Array.isArray(value)) return value.map(changed);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        random() < 0.03 ? pick(random, ['__proto__', '', 'constructor', '*', '..']) : key,
        changed(inner),
      ]),
    );
  };
  return JSON.stringify(changed(document), null, random() < 0.5 ? 2 : 0);
}
