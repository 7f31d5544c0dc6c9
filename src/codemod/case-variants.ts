import { isSource } from '../workspace/text.ts';
import type { Tree } from './cases.ts';
import { headerLength } from './edits.ts';

export type VariantName = 'crlf' | 'bom' | 'shebang' | 'tabs' | 'variants';

/** A way to write the same program in other bytes. */
export interface Variant {
  name: VariantName;
  /**
   * The tree written that way.
   *
   * @param before the tree as it was before the codemod: files that only the codemod made are in its own style
   */
  apply(tree: Tree, before: Tree): Tree;
}

const map = (tree: Tree, change: (text: string, path: string) => string): Tree =>
  new Map([...tree].map(([path, text]) => [path, change(text, path)]));

const crlf: Variant = {
  name: 'crlf',
  apply: (tree) => map(tree, (text) => text.replaceAll('\n', '\r\n')),
};

/** Sources that begin with nothing special get a first line. */
const headed = (name: VariantName, header: string): Variant => ({
  name,
  apply: (tree, before) =>
    map(tree, (text, path) => {
      const original = before.get(path);
      const isPlain = original !== undefined && isSource(path) && headerLength(original) === 0;
      return isPlain ? header + text : text;
    }),
});

const tabs: Variant = {
  name: 'tabs',
  apply: (tree, before) =>
    map(tree, (text, path) => {
      const unit = isSource(path) ? unitOf(before.get(path) ?? '') : null;
      if (unit === null) return text;
      return text.replace(/^ +/gm, (spaces) => {
        const levels = Math.floor(spaces.length / unit);
        return '\t'.repeat(levels) + ' '.repeat(spaces.length - levels * unit);
      });
    }),
};

/** Spaces of one level: the fewest that a line starts with; null for a file with tabs or without indentation. */
function unitOf(text: string): number | null {
  if (/^\t/m.test(text)) return null;
  const widths = [...text.matchAll(/^( +)[^\s*]/gm)].map((match) => match[1]?.length ?? 0);
  const unit = Math.min(...widths);
  return unit >= 2 && Number.isFinite(unit) ? unit : null;
}

/** The variants that say something about a tree. */
export function variantsOf(before: Tree): Variant[] {
  const hasCarriageReturn = [...before.values()].some((text) => text.includes('\r'));
  const others = [headed('bom', '\ufeff'), headed('shebang', '#!/usr/bin/env node\n'), tabs];
  return hasCarriageReturn ? others : [crlf, ...others];
}

/** Several variants in one tree. A byte order mark stands before a `#!` line, line endings are changed last. */
export function combined(variants: readonly Variant[]): Variant {
  const order: VariantName[] = ['tabs', 'shebang', 'bom', 'crlf'];
  const sorted = [...variants].sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  return {
    name: 'variants',
    apply(tree, before) {
      let now = tree;
      // Each looks at the tree from before all of them for what is plain and how it is indented.
      for (const variant of sorted) now = variant.apply(now, before);
      return now;
    },
  };
}
