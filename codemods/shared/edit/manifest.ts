import { dirname, posix } from 'node:path';
import type { CodemodInput, SpanEdit } from '../../../src/codemod/contract.ts';

/** One edit for what differs between two texts. */
export function smallest(before: string, after: string): SpanEdit {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let end = before.length;
  let newEnd = after.length;
  while (end > start && newEnd > start && before[end - 1] === after[newEnd - 1]) {
    end -= 1;
    newEnd -= 1;
  }
  return { span: { start, end }, text: after.slice(start, newEnd), rule: 'package-json' };
}

/** The package.json files above a path, nearest first. */
export async function manifestsAbove(input: CodemodInput, path: string): Promise<string[]> {
  const found: string[] = [];
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const manifest = posix.join(folder, 'package.json');
    if ((await input.read(manifest)) !== null) found.push(manifest);
    if (folder === '.' || folder === '' || folder === '/') return found;
  }
}

/** The package.json that the application belongs to: in a workspace it is not the one at the root. */
export async function nearestManifest(input: CodemodInput, path: string): Promise<string> {
  return (await manifestsAbove(input, path))[0] ?? 'package.json';
}
