import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';

const here = dirname(fileURLToPath(import.meta.url));
const entries = readdirSync(join(here, 'entries')).map((name) => join(here, 'entries', name));

/** What is loaded before anything runs: files of ours and packages, by imports that are no types. */
function loadedBy(roots: readonly string[]): { files: Set<string>; packages: Set<string> } {
  const [files, packages] = [new Set<string>(), new Set<string>()];
  const visit = (file: string) => {
    if (files.has(file)) return;
    files.add(file);
    const { module } = parseSync(file, readFileSync(file, 'utf8'));
    const requests = [
      ...module.staticImports
        .filter(({ entries: names }) => names.length === 0 || names.some(({ isType }) => !isType))
        .map(({ moduleRequest }) => moduleRequest.value),
      ...module.staticExports.flatMap(({ entries: names }) =>
        names.flatMap(({ isType, moduleRequest }) => (moduleRequest && !isType ? [moduleRequest.value] : [])),
      ),
    ];
    for (const request of requests) {
      if (request.startsWith('.')) visit(join(dirname(file), request));
      else if (!request.startsWith('node:')) packages.add(request);
    }
  };
  for (const root of roots) visit(root);
  return { files, packages };
}

describe('what is loaded before a command does anything', () => {
  it('of packages, only what reads arguments and colours text', () => {
    const { packages } = loadedBy([join(here, '..', 'cli.ts'), ...entries]);
    expect([...packages].sort()).toEqual(['commander', 'picocolors']);
  });

  it('of our own code, no action of any command', () => {
    const { files } = loadedBy(entries);
    expect([...files].filter((file) => file.includes('/actions/'))).toEqual([]);
    // The commands themselves grow in number; what they share does not.
    expect(files.size - entries.length).toBeLessThan(22);
  });

  it('while the actions load what they need', () => {
    const { packages } = loadedBy([join(here, 'actions', 'shadow.ts')]);
    expect([...packages]).toEqual(expect.arrayContaining(['undici', 'zod']));
  });
});
