import type { JSCodeshift } from 'jscodeshift';
import type { SpanEdit } from '../../../src/codemod/contract.ts';
import type { Location } from '../../../src/model/location.ts';
import { position } from '../../../src/workspace/text.ts';
import { openSource, type Source, spanOf } from './source.ts';
import type { Surroundings } from './surroundings.ts';

/** What a transform decided about one place. */
export interface Note extends Location {
  rule: string;
  reason: string;
  advice?: string;
}

/** One file in work: what it is, and what is to become of it. */
export interface Work extends Source {
  /** What the file alone does not say. */
  around: Surroundings;
  edits: SpanEdit[];
  left: Note[];
  converted: (Location & { name: string })[];
  replace(node: object, text: string, rule: string): void;
  insertBehind(node: object, text: string, rule: string): void;
  /** Takes a statement out with its line, where nothing else stands in it. Comments stay. */
  remove(node: object, rule: string): void;
  /** Names a place that stays as it is. */
  leave(node: object, rule: string, reason: string, advice?: string): void;
  /** Counts a place that was converted. */
  done(node: object, name: string): void;
  textOf(node: object): string;
  /** A name that nothing in the file has, and that is not given out again. */
  freeName(base: string): string;
}

/** One transform: it looks at a file and records what is to be changed. */
export type Change = (work: Work) => void;

/** Opens a file and lets a transform work on it. @throws where the file does not parse */
export function workOn(
  change: Change,
  path: string,
  text: string,
  jscodeshift: JSCodeshift,
  around: Surroundings,
): Work {
  const source = openSource(path, text, jscodeshift);
  const edits: SpanEdit[] = [];
  const taken = new Set<string>();
  const at = (node: object) => ({ file: path, ...position(text, spanOf(node).start) });
  const work: Work = {
    ...{ ...source, around, edits, left: [], converted: [] },
    replace: (node, by, rule) => edits.push({ span: spanOf(node), text: by, rule }),
    insertBehind: (node, by, rule) => {
      const { end } = spanOf(node);
      edits.push({ span: { start: end, end }, text: by, rule });
    },
    remove: (node, rule) => {
      const inside = source.commentsIn(node);
      if (inside.length === 0) edits.push({ span: lineOf(text, spanOf(node)), text: '', rule });
      else edits.push({ span: spanOf(node), text: inside.join('\n'), rule });
    },
    leave: (node, rule, reason, advice) =>
      work.left.push({ ...at(node), rule, reason, ...(advice && { advice }) }),
    done: (node, name) => work.converted.push({ ...at(node), name }),
    textOf: (node) => text.slice(spanOf(node).start, spanOf(node).end),
    freeName: (base) => {
      let name = base;
      for (let count = 2; taken.has(name) || !source.isFree(name); count += 1) name = `${base}${count}`;
      taken.add(name);
      return name;
    },
  };
  change(work);
  return work;
}

/** A statement's range with its indentation and line ending, where it has the line for itself; else with the spaces behind it. */
function lineOf(text: string, { start, end }: { start: number; end: number }) {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const behind = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(end));
  if (/^[ \t]*$/.test(text.slice(from, start)) && behind !== null)
    return { start: from, end: end + behind[0].length };
  return { start, end: end + (/^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0) };
}
