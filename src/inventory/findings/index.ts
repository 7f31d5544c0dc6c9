import type { Finding, NotChecked } from '../../model/inventory.ts';
import { discover } from '../../workspace/discover.ts';
import type { DetectorContext } from '../detector.ts';
import { SELF_STARTED } from '../frameworks.ts';
import { type CompilerOptions, compilerOptions } from '../readers/tsconfig.ts';
import { toFindings } from './collect.ts';
import type { RepositoryLook, RepositoryRule } from './repository-rule.ts';
import type { Seen } from './seen.ts';
import { readFindingTable } from './table.ts';
import { uncalledIn } from './uncalled.ts';

/** The rules of `repository/`. */
export const repositoryRules = (): Promise<RepositoryRule[]> =>
  discover<RepositoryRule>(new URL('./repository/', import.meta.url));

/**
 * What at least one target treats in another way: of the application's own files, and of what the repository as a whole
 * shows. A rule that breaks leaves a "not checked" line.
 */
export async function readFindings(
  context: DetectorContext,
  facts: RepositoryLook['facts'],
  rules?: readonly RepositoryRule[],
): Promise<{ findings: Finding[]; notChecked: NotChecked[] }> {
  const notChecked: NotChecked[] = [];
  const seen: Seen[] = [];
  const { of, isForBrowsers, isBundled } = await context.roles();
  // A framework that loads files by itself has more of them than its entry points reach.
  const loadsItself = (facts.frameworks ?? []).some((each) => SELF_STARTED.has(each.package));
  const tools = new Set(
    (facts.scripts ?? []).flatMap(({ kind, files }) => (kind === 'production' ? [] : files)),
  );
  const isOwn = (path: string): boolean => {
    const role = of(path);
    return role === 'application' || (loadsItself && role === 'unreached' && !tools.has(path));
  };
  const option = compilerOptions(context.repository);
  const packages = new Map<string, string>();
  const modules = await context.modules();
  for (const path of modules.paths) {
    // Declarations load nothing.
    if (!isOwn(path) || /\.d\.[cm]?ts$/.test(path)) continue;
    for (const name of modules.packagesOf(path)) if (!packages.has(name)) packages.set(name, path);
  }
  const isUncalled = uncalledIn(modules, isOwn);
  for (const { path, findings } of (await context.survey()).files.values()) {
    if (!isOwn(path)) continue;
    for (const one of findings.seen) {
      if (isUncalled(one.kind, one.location)) continue;
      if (isBundled(path) && isSettledByBundle(one, path)) continue;
      seen.push(one.kind === 'ts-decorator' ? await decoratorOf(one, option) : one);
    }
    for (const { rule, reason } of findings.broken)
      notChecked.push({
        what: `findings of ${rule} in ${path}`,
        reason: `the rule failed: ${reason}`,
        location: { file: path, line: 1, column: 1 },
      });
  }
  const served = context.manifests.filter(({ folder }) => !isForBrowsers(folder));
  const look: RepositoryLook = { ...context, facts, packages, served, isOwn };
  for (const rule of rules ?? (await repositoryRules())) {
    context.signal.throwIfAborted();
    try {
      const found = await rule.see(look);
      seen.push(...found.seen);
      notChecked.push(...(found.notChecked ?? []));
    } catch (error) {
      context.signal.throwIfAborted();
      const reason = `the rule failed: ${(error as Error).message.split('\n')[0]}`;
      notChecked.push({ what: rule.title, reason, location: null });
    }
  }
  return { findings: toFindings(seen, readFindingTable(), new Set(packages.keys())), notChecked };
}

/** Whether a framework that bundles a source has settled it: NODE_ENV as it builds, and what components show in browsers. */
const isSettledByBundle = ({ kind }: Seen, path: string): boolean =>
  kind === 'node-env' || (kind === 'locale-default' && /\.[jt]sx$/.test(path));

/** A decorator whose project says that it is one of the older kind is told apart from one whose project does not. */
async function decoratorOf(one: Seen, option: CompilerOptions): Promise<Seen> {
  const isSaid =
    one.location !== null && (await option(one.location.file, 'experimentalDecorators')) === true;
  return isSaid ? { ...one, name: 'experimental decorator' } : one;
}
