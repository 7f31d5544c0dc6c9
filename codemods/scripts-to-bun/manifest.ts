import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { SpanEdit } from '../../src/codemod/contract.ts';
import type { Location } from '../../src/model/location.ts';
import { position, smallestReplacement } from '../../src/workspace/text.ts';

export const MANIFEST = 'package.json';

/** One script, and where its command stands. */
export interface Script {
  name: string;
  command: string;
  location: Location;
  /** The edit that gives it another command: the smallest, so that how the rest is written stays. */
  become(command: string): SpanEdit[];
}

/** The scripts of package.json in their order; null where it is no JSON. */
export function scriptsOf(text: string): Map<string, Script> | null {
  const root = parseTree(text.replace(/^\ufeff/, ' '));
  if (!root) return null;
  const all = findNodeAtLocation(root, ['scripts']);
  const found = new Map<string, Script>();
  for (const member of all?.children ?? []) {
    const [key, value] = member.children ?? [];
    if (key?.type !== 'string' || value?.type !== 'string') continue;
    const literal = text.slice(value.offset, value.offset + value.length);
    found.set(String(key.value), {
      name: String(key.value),
      command: String(value.value),
      location: { file: MANIFEST, ...position(text, key.offset) },
      become: (command) => {
        const change = smallestReplacement(literal, JSON.stringify(command));
        if (change === null) return [];
        const { start, end } = change.span;
        const span = { start: value.offset + start, end: value.offset + end };
        return [{ span, text: change.text, rule: 'script' }];
      },
    });
  }
  return found;
}
