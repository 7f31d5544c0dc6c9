import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Decision } from '../../model/promotion.ts';
import { writeFileAtomic } from '../atomic.ts';
import { stateFolder } from '../state.ts';

/**
 * Keeps a decision as `.migrate/decisions/<date>-<stage>.json`, and for people beside it. One of the same day stays.
 *
 * @returns both paths relative to the root, that for people first
 */
export function writeDecision(root: string, decision: Decision, markdown: string): [string, string] {
  const folder = join(stateFolder(root), 'decisions');
  mkdirSync(folder, { recursive: true });
  const first = `${decision.decidedAt.slice(0, 10)}-${decision.stage}`;
  let name = first;
  for (let n = 2; existsSync(join(folder, `${name}.json`)); n++) name = `${first}-${n}`;
  writeFileAtomic(join(folder, `${name}.json`), `${JSON.stringify(decision, null, 2)}\n`);
  writeFileAtomic(join(folder, `${name}.md`), markdown);
  return [`.migrate/decisions/${name}.md`, `.migrate/decisions/${name}.json`];
}
