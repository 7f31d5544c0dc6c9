import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Generated, generateRepository } from '../plan/generate.ts';

/**
 * Files of the application: 33 features of 25 files, the application and its start. 100 of them are Express code: the
 * application, and the router, the controller and the middleware of each feature.
 */
const APPLICATION = 2 + 33 * 25;
const LANGUAGES = ['ts', 'js', 'mjs', 'ts', 'tsx'] as const;
const PACKAGES = 40;

/**
 * Writes a repository of `files` source files and about `bytes` bytes: the application of `bench/plan`, 100 files of
 * which are Express code, beside packages that have nothing to do with it. The same numbers give the same bytes.
 *
 * @returns what the Express application holds
 */
export function generateLargeRepository(root: string, files: number, bytes: number): Generated {
  const application = generateRepository(root, APPLICATION);
  const others = files - application.sources;
  const mean = (bytes - application.bytes) / others;
  const folders = new Set<string>();
  for (let index = 0; index < others; index++) {
    const path = join(root, pathOf(index));
    if (!folders.has(dirname(path))) mkdirSync(dirname(path), { recursive: true });
    folders.add(dirname(path));
    // From a third to five thirds of the mean, evenly.
    writeFileSync(path, moduleOf(index, mean * (1 / 3 + ((4 / 3) * ((index * 2017) % others)) / others)));
  }
  return application;
}

const languageOf = (index: number) => LANGUAGES[index % LANGUAGES.length] ?? 'js';

const pathOf = (index: number): string =>
  `packages/package-${index % PACKAGES}/src/part-${index % 7}/module-${index}.${languageOf(index)}`;

function moduleOf(index: number, size: number): string {
  const language = languageOf(index);
  const typed = language === 'ts' || language === 'tsx';
  const parts = [
    "import { readFile } from 'node:fs/promises';",
    index < PACKAGES * 7 ? '' : `import { step0 as before } from './module-${index - PACKAGES * 7}.js';`,
  ];
  let length = 0;
  // Stops at the block that comes nearest.
  for (let at = 0; length + 600 < size; at++) {
    const text = at % 3 === 2 && language === 'tsx' ? view(at) : block(index, at, typed);
    parts.push(text);
    length += text.length + 1;
  }
  if (index >= PACKAGES * 7) parts.push('export const previous = before;');
  return `${parts.join('\n')}\n`;
}

const block = (index: number, at: number, typed: boolean): string => {
  const type = (text: string) => (typed ? `: ${text}` : '');
  return `
${typed ? `export interface Entry${at} {\n  key: string;\n  weight: number;\n  tags: readonly string[];\n}\n` : ''}
/** Orders entries of package ${index % PACKAGES} by weight and joins what belongs together. */
export function step${at}(entries${type(typed ? `readonly Entry${at}[]` : '')}, limit${type('number')} = ${at + 10})${type('string[]')} {
  const groups = new Map${typed ? '<string, number>' : ''}();
  for (const { key, weight, tags } of entries) {
    if (tags.length === 0 || weight < limit / ${at + 2}) continue;
    groups.set(key, (groups.get(key) ?? 0) + weight);
  }
  // The heaviest first; equal weights keep the order in which they came.
  return [...groups].sort((a, b) => b[1] - a[1]).map(([key, weight]) => \`\${key}=\${weight.toFixed(2)}\`);
}

export async function load${at}(file${type('string')})${type('Promise<string[]>')} {
  try {
    const parsed = JSON.parse(await readFile(file, 'utf8'));
    return step${at}(parsed.entries ?? [], Number(process.env.LIMIT_${index}) || ${at});
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}`;
};

const view = (at: number): string => `
export const View${at} = ({ title, items }: { title: string; items: readonly string[] }) => (
  <section className="view-${at}">
    <h2>{title}</h2>
    {items.length === 0 ? <p>Nothing here yet.</p> : items.map((item) => <li key={item}>{item.toUpperCase()}</li>)}
  </section>
);
`;
