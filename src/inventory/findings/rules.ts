import { discover } from '../../workspace/discover.ts';
import type { SourceRule } from './rule.ts';

let found: Promise<readonly SourceRule[]> | undefined;

/** The rules of `sources/`, loaded once a thread. */
export const sourceRules = (): Promise<readonly SourceRule[]> => {
  found ??= discover<SourceRule>(new URL('./sources/', import.meta.url));
  return found;
};
