import { structuredPatch } from 'diff/lib/patch/create.js';
import type { ChangeSet, FileChange } from '../model/changeset.ts';

/**
 * The change set as a patch that `git apply` accepts and that yields the same bytes as applying it here.
 *
 * @param prefix path from the git work tree's top to the repository's root, with `/` at its end; empty at the top
 */
export function unifiedPatch(changeSet: ChangeSet, prefix = ''): string {
  return changeSet.files
    .filter((file) => file.oldText !== null || file.newText !== null)
    .map((file) => filePatch(file, prefix))
    .join('');
}

function filePatch(file: FileChange, prefix: string): string {
  const before = quoted(`a/${prefix}${file.path}`);
  const after = quoted(`b/${prefix}${file.path}`);
  const lines = [`diff --git ${before} ${after}`];
  if (file.oldText === null) lines.push('new file mode 100644');
  if (file.newText === null) lines.push('deleted file mode 100644');
  const { hunks } = structuredPatch(before, after, file.oldText ?? '', file.newText ?? '', '', '', {
    context: 3,
  });
  if (hunks.length > 0) {
    // A tab after a name with a space tells where the name ends.
    const end = file.path.includes(' ') ? '\t' : '';
    lines.push(file.oldText === null ? '--- /dev/null' : `--- ${before}${end}`);
    lines.push(file.newText === null ? '+++ /dev/null' : `+++ ${after}${end}`);
  }
  for (const hunk of hunks) {
    lines.push(
      `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`,
      ...hunk.lines,
    );
  }
  return `${lines.join('\n')}\n`;
}

const range = (start: number, count: number): string =>
  `${count === 0 ? Math.max(0, start - 1) : start},${count}`;

// git's own quoting of names (gitformat-patch): only these characters need it when the name is UTF-8.
function quoted(name: string): string {
  if (!/["\\\n\t\r]/.test(name)) return name;
  const escapes: Record<string, string> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r' };
  return `"${name.replace(/["\\\n\t\r]/g, (char) => escapes[char] ?? char)}"`;
}
