import { isTypeScript, type ParsedFile } from '../../workspace/syntax/parse.ts';
import { walk } from '../../workspace/syntax/walk.ts';
import { lookAt } from './look.ts';
import type { SourceRule, Visit } from './rule.ts';
import type { Seen } from './seen.ts';

/** What was seen in one file, and the rules that broke on it, with what they said. */
export interface FileSeen {
  seen: readonly Seen[];
  broken: readonly { rule: string; reason: string }[];
}

const NOTHING: FileSeen = { seen: [], broken: [] };

/** The rules that may see something in a text: it has one of their words. */
export const activeRules = (path: string, text: string, rules: readonly SourceRule[]): SourceRule[] =>
  rules.filter(({ words, typescript }) => (!typescript || isTypeScript(path)) && words.test(text));

/** What active rules see in one file, in one walk over it; where none is, it is not walked. */
export function seenBy(file: ParsedFile, active: readonly SourceRule[]): FileSeen {
  if (active.length === 0) return NOTHING;
  const visits = new Map<string, { id: string; visit: Visit }[]>();
  for (const { id, visit } of active)
    for (const [type, one] of Object.entries(visit)) {
      const list = visits.get(type);
      if (list) list.push({ id, visit: one });
      else visits.set(type, [{ id, visit: one }]);
    }
  const look = lookAt(file);
  const broken = new Map<string, string>();
  walk(file.program, {
    enter(node) {
      for (const { id, visit } of visits.get(node.type) ?? []) {
        if (broken.has(id)) continue;
        try {
          visit(node, look);
        } catch (error) {
          broken.set(id, String((error as Error).message).split('\n')[0] ?? '');
        }
      }
    },
  });
  return { seen: look.seen, broken: [...broken].map(([rule, reason]) => ({ rule, reason })) };
}
