import { basename, join } from 'node:path';
import { collectInventory } from '../inventory/index.ts';
import { MigrateError } from '../model/errors.ts';
import type { FindingsDocument, PlacedFinding, Totals } from '../model/findings.ts';
import type { NotChecked } from '../model/inventory.ts';
import { loadRules } from '../rules/load.ts';
import { isFor } from '../rules/match.ts';
import type { Rule } from '../rules/rule.ts';
import type { Target } from '../rules/targets.ts';
import { readFindingWaivers } from '../workspace/waivers/read.ts';
import { WAIVERS_FILE } from '../workspace/waivers/write.ts';
import { accept } from './accepted.ts';
import { readBaseline, withKnown } from './baseline.ts';
import { acceptancesIn } from './comments.ts';
import { findingsOf, linesOf } from './places.ts';

export interface FindingsOptions {
  targets: readonly Target[];
  /** Rules that are asked, by id or category; empty: all. */
  only: readonly string[];
  /** Of the baseline, relative to the root; null: none is held against. */
  baseline: string | null;
  signal: AbortSignal;
  progress(text: string | null): void;
  /** ISO date. */
  today: string;
}

/**
 * Asks the rules of a repository, or of each service of a monorepo and of what belongs to none. Writes nothing.
 *
 * @throws MigrateError as `collectInventory` does for the root; a service that cannot be read is a line of `notChecked`
 */
export async function collectFindings(root: string, options: FindingsOptions): Promise<FindingsDocument> {
  const { targets, signal, progress } = options;
  const all = loadRules(root);
  const asked = selected(all, options.only).filter((rule) => targets.some((target) => isFor(rule, target)));
  const lines = linesOf(root);
  const whole = await collectInventory(root, { signal, progress });
  const notChecked: NotChecked[] = [...whole.notChecked];
  const found: { folder: string; name: string; findings: PlacedFinding[] }[] = [];
  for (const { folder, name } of whole.services.filter((service) => service.folder !== '.')) {
    try {
      const own = await collectInventory(join(root, folder), {
        signal,
        progress: (text) => progress(`${folder}: ${text}`),
      });
      found.push({ folder, name, findings: findingsOf(asked, targets, own, folder, lines) });
    } catch (error) {
      if (!(error instanceof MigrateError)) throw error;
      notChecked.push({ what: folder, reason: error.message, location: null });
    }
  }
  const elsewhere = findingsOf(asked, targets, whole, '.', lines).filter(
    ({ location }) => !found.some(({ folder }) => location?.file.startsWith(`${folder}/`)),
  );
  const rest = found.length === 0 ? elsewhere : elsewhere.filter(({ location }) => location !== null);
  if (found.length === 0 || rest.length > 0)
    found.push({ folder: '.', name: whole.name || basename(root), findings: rest });
  progress(null);

  const files = new Set(
    found.flatMap(({ findings }) => findings.flatMap((item) => item.location?.file ?? [])),
  );
  const accepting = {
    comments: [...files].flatMap((file) => acceptancesIn(file, (lines(file) ?? []).join('\n'))),
    waivers: readFindingWaivers(join(root, WAIVERS_FILE)),
    rules: new Set(all.map(({ id }) => id)),
    today: options.today,
  };
  const baseline = options.baseline === null ? null : readBaseline(root, options.baseline);
  const judged = accept(
    found.flatMap(({ findings }) => findings),
    accepting,
  );
  const marked = withKnown(judged.findings, baseline);
  const projects = found.map(({ folder, name, findings }) => {
    const own = marked.splice(0, findings.length);
    return { folder, name, findings: own, totals: totalsOf(own) };
  });
  const flat = projects.flatMap(({ findings }) => findings);
  return {
    ...{ schema: 'migrate/findings', version: 1, name: whole.name },
    targets: targets.map(({ spec }) => spec),
    rules: {
      loaded: all.length,
      own: all.filter(({ file }) => file.startsWith('.migrate/')).length,
      asked: asked.length,
    },
    projects,
    totals: totalsOf(flat),
    known: flat.filter(({ state }) => state === 'known').length,
    accepted: flat.filter(({ state }) => state === 'accepted').length,
    baseline: baseline === null ? null : options.baseline,
    ...{ dead: judged.dead, notChecked },
  };
}

/** @throws MigrateError (exit 3) UNKNOWN_RULE for a name that is neither a rule's nor a category's */
function selected(rules: readonly Rule[], only: readonly string[]): readonly Rule[] {
  const unknown = only.find((name) => !rules.some(({ id, category }) => id === name || category === name));
  if (unknown !== undefined)
    throw new MigrateError('UNKNOWN_RULE', `--only ${unknown} names neither a rule nor a category.`, {
      hint: `Categories: ${[...new Set(rules.map(({ category }) => category))].join(', ')}; \`migrate rules\` lists the rules.`,
      exitCode: 2,
    });
  return only.length === 0
    ? rules
    : rules.filter(({ id, category }) => only.includes(id) || only.includes(category));
}

/** New findings by how much they matter. */
function totalsOf(findings: readonly PlacedFinding[]): Totals {
  const count = (severity: PlacedFinding['severity']) =>
    findings.filter((item) => item.state === 'new' && item.severity === severity).length;
  return { blocks: count('blocks'), differs: count('differs'), advice: count('advice') };
}
