import type { RouteNeed } from '../../model/inventory.ts';
import type { Passed } from '../../workspace/server/model.ts';
import { evidenceIn } from '../evidence.ts';

/** Members of packages that answer with files of the disk, where the framework's own package has them. */
const STATIC = 'serveStatic';

/** What a route needs of packages' middleware that it passes, and what of it could not be followed. */
export function passedNeeds(through: readonly Passed[]): RouteNeed[] {
  return through.flatMap(({ file, node, functions, packages, isUnknown }): RouteNeed[] => {
    const needs = packages.flatMap((each): RouteNeed[] => {
      if (each.package === 'express') return [];
      const evidence = evidenceIn(each.file, each.file.locate(each.node.start), each.node.start, 'heuristic');
      const member = each.member || null;
      const isStatic = each.member.split('.').includes(STATIC);
      if (/^hono(\/|$)/.test(each.package) && !isStatic) return [];
      return [
        isStatic
          ? { ...evidence, kind: 'static', name: STATIC, member }
          : { ...evidence, kind: 'package', name: each.package, member },
      ];
    });
    if (!isUnknown || functions.length + packages.length > 0) return needs;
    const name = file.text.slice(node.start, node.end).split('\n')[0] ?? '';
    const evidence = evidenceIn(file, file.locate(node.start), node.start, 'heuristic');
    return [...needs, { ...evidence, kind: 'unknown', name: name.slice(0, 60), member: null }];
  });
}
