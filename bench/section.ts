import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform } from 'node:os';
import { dirname, join } from 'node:path';

/** Where a figure was measured, and when. */
export const machine = (): string =>
  `Node ${process.version}, ${platform()} ${arch()}, ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, ${new Date().toISOString().slice(0, 10)}`;

/**
 * Replaces one benchmark's section of a page in `docs/`, leaving the others as they are.
 *
 * @param root the repository
 * @param lines Markdown, its heading first
 */
export function writeSection(
  root: string,
  name: string,
  lines: readonly string[],
  page = 'performance.md',
): void {
  const file = join(root, 'docs', page);
  mkdirSync(dirname(file), { recursive: true });
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '# Performance\n';
  const [start, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const section = [start, ...lines, end].join('\n');
  const old = new RegExp(`${start}[\\s\\S]*?${end}`);
  writeFileSync(
    file,
    old.test(before) ? before.replace(old, () => section) : `${before.trimEnd()}\n\n${section}\n`,
  );
}
