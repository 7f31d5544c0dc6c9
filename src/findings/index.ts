import { basename, join } from 'node:path';
import { type FindingRow, readFindingTable } from '../inventory/findings/table.ts';
import { collectInventory } from '../inventory/index.ts';
import { MigrateError } from '../model/errors.ts';
import type { FindingsDocument, PlacedFinding, Totals } from '../model/findings.ts';
import type { Inventory, NotChecked } from '../model/inventory.ts';
import { loadRules } from '../rules/load.ts';
import { isFor } from '../rules/match.ts';
import { withProbes } from '../rules/probed.ts';
import type { Target } from '../rules/targets.ts';
import { isSource } from '../workspace/text.ts';
import { readFindingWaivers } from '../workspace/waivers/read.ts';
import { WAIVERS_FILE } from '../workspace/waivers/write.ts';
import { accept } from './accepted.ts';
import { readBaseline, withKnown } from './baseline.ts';
import { acceptancesIn } from './comments.ts';
import { linesOf, placedFindings } from './places.ts';
import { practiceOf, saidByInventory, saidByRules } from './said.ts';
import { runtimeOfToday } from './today.ts';

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
  const seen = readFindingTable().rows;
  const named = selected([...all, ...seen.map(({ id, topic }) => ({ id, category: topic }))], options.only);
  const asked = (target: Target) =>
    withProbes(all, target).filter((rule) => named(rule) && isFor(rule, target));
  const askedSeen = seen.filter(
    (row) => named({ id: row.id, category: row.topic }) && targets.some(({ name }) => isTold(row, name)),
  );
  const said = (inventory: Inventory) => {
    const today = runtimeOfToday(inventory);
    const others = targets.filter(({ name }) => name !== today);
    const ofThisOne = (target: Target) => asked(target).filter((rule) => !rule.general);
    const byRules = saidByRules(ofThisOne, others, inventory);
    const isAsked = (id: string, category: string) => named({ id, category });
    // What a Worker of today says of its own settings holds without a switch.
    const seenThere = saidByInventory(inventory, targets, isAsked, byRules).filter(
      ({ target, rule }) => target !== today || (today === 'workers' && rule.startsWith('wrangler-')),
    );
    return [...byRules, ...seenThere];
  };
  const lines = linesOf(root);
  const whole = await collectInventory(root, { signal, progress });
  const notChecked: NotChecked[] = [...whole.notChecked];
  const today = runtimeOfToday(whole);
  const practice = practiceOf(
    asked,
    targets.filter(({ name }) => name !== today),
    whole,
  );
  for (const { name, spec } of targets)
    if (name === today)
      notChecked.push({
        what: `a switch to ${spec}`,
        reason: `production ${name === 'workers' ? 'runs it on Workers' : `starts it on ${name === 'bun' ? 'Bun' : 'Deno'}`} today`,
        location: null,
      });
  const found: { folder: string; name: string; findings: PlacedFinding[] }[] = [];
  for (const { folder, name } of whole.services.filter((service) => service.folder !== '.')) {
    try {
      const own = await collectInventory(join(root, folder), {
        signal,
        progress: (text) => progress(`${folder}: ${text}`),
      });
      found.push({ folder, name, findings: placedFindings(said(own), folder, lines) });
    } catch (error) {
      if (!(error instanceof MigrateError)) throw error;
      notChecked.push({ what: folder, reason: error.message, location: null });
    }
  }
  const elsewhere = placedFindings(said(whole), '.', lines).filter(
    ({ location }) => !found.some(({ folder }) => location?.file.startsWith(`${folder}/`)),
  );
  // Beside services, sources that nothing starts are no part of what moves.
  const packageOf = (file: string): string =>
    whole.workspaces
      .map(({ folder }) => folder)
      .filter((folder) => file.startsWith(`${folder}/`))
      .sort((a, b) => b.length - a.length)[0] ?? '';
  const started = new Set(whole.entryPoints.flatMap(({ source }) => (source ? [packageOf(source)] : [])));
  const rest =
    found.length === 0
      ? elsewhere
      : elsewhere.filter(
          ({ location }) =>
            location !== null && (started.has(packageOf(location.file)) || !isSource(location.file)),
        );
  if (found.length === 0 || rest.length > 0)
    found.push({ folder: '.', name: whole.name || basename(root), findings: rest });
  progress(null);

  const files = new Set(
    found.flatMap(({ findings }) => findings.flatMap((item) => item.location?.file ?? [])),
  );
  const accepting = {
    comments: [...files].flatMap((file) => acceptancesIn(file, (lines(file) ?? []).join('\n'))),
    waivers: readFindingWaivers(join(root, WAIVERS_FILE)),
    rules: new Set([...all, ...seen].map(({ id }) => id)),
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
      loaded: all.length + seen.length,
      own: all.filter(({ file }) => file.startsWith('.migrate/')).length,
      asked:
        all.filter((rule) => named(rule) && targets.some((target) => isFor(rule, target))).length +
        askedSeen.length,
    },
    projects,
    practice,
    totals: totalsOf(flat),
    known: flat.filter(({ state }) => state === 'known').length,
    accepted: flat.filter(({ state }) => state === 'accepted').length,
    baseline: baseline === null ? null : options.baseline,
    ...{ dead: judged.dead, notChecked },
  };
}

const isTold = ({ targets }: FindingRow, name: Target['name']): boolean =>
  name !== 'not-sure' && targets[name] !== undefined;

interface Named {
  id: string;
  category: string;
}

/**
 * Whether a rule is asked by its name or that of its category; all are, where none is named.
 *
 * @throws MigrateError (exit 2) UNKNOWN_RULE for a name that is neither
 */
function selected(rules: readonly Named[], only: readonly string[]): (rule: Named) => boolean {
  const unknown = only.find((name) => !rules.some(({ id, category }) => id === name || category === name));
  if (unknown !== undefined)
    throw new MigrateError('UNKNOWN_RULE', `--only ${unknown} names neither a rule nor a category.`, {
      hint: `Categories: ${[...new Set(rules.map(({ category }) => category))].sort().join(', ')}; \`migrate rules\` lists the rules.`,
      exitCode: 2,
    });
  return ({ id, category }) => only.length === 0 || only.includes(id) || only.includes(category);
}

/** New findings by how much they matter. */
function totalsOf(findings: readonly PlacedFinding[]): Totals {
  const count = (severity: PlacedFinding['severity']) =>
    findings.filter((item) => item.state === 'new' && item.severity === severity).length;
  return {
    blocks: count('blocks'),
    differs: count('differs'),
    check: count('check'),
    advice: count('advice'),
  };
}
