import type { Inventory } from '../model/inventory.ts';
import type { Incompatibility, Plan, PlanStage, PlanTarget, Reason } from '../model/plan.ts';
import { withProbes } from '../rules/probed.ts';
import type { Rule } from '../rules/rule.ts';
import { applicationSubjects } from '../rules/subjects.ts';
import { defaultSpec, titleOf } from '../rules/targets.ts';
import type { TryNow } from '../workspace/evidence/tries.ts';
import { incompatibilities } from './incompatibilities.ts';
import { ownReasons } from './own-facts.ts';
import type { Measurements } from './table.ts';
import { answersSame, triedOn } from './tried.ts';

type Recommendation = Plan['recommended'];

/**
 * The target to suggest before the user has said one. With no reason to move, nothing moves: Bun is suggested only
 * for a server whose framework was measured there and where no rule knows a blocker.
 */
export function recommend(
  inventory: Inventory,
  rules: readonly Rule[],
  measured: Measurements,
  tried: TryNow | null = null,
): Recommendation {
  const stay = (reason: string): Recommendation => ({ name: 'node', spec: defaultSpec('node'), reason });
  if (inventory.functions.length > 0 && inventory.frameworks.length === 0)
    return stay("the managed runtimes of AWS Lambda for JavaScript are Node's");
  if (inventory.frameworks.length === 0) {
    const [unread] = inventory.unreadRoutes;
    const plain = unread?.framework ?? (inventory.routes.length > 0 ? 'http.createServer' : null);
    if (plain !== null) return stay(`it serves by ${plain} without a framework, which was not measured`);
    return stay(
      'no file of it loads a server framework, so there is no application to move and nothing was measured',
    );
  }
  const bun = { name: 'bun' as const, spec: defaultSpec('bun') };
  const blockers = incompatibilities(withProbes(rules, bun), bun, applicationSubjects(inventory)).filter(
    (item) => item.severity === 'blocks' && item.stages.includes('full-switch'),
  );
  const first = blockers[0];
  if (first) return stay(`on Bun, ${first.sentence}`);
  const { asIs } = triedOn(tried, bun);
  if (asIs?.way.failed) return stay(`tried on ${asIs.on}, it does not start: ${asIs.way.failed}`);
  if (asIs?.way.answers && answersSame(asIs)) {
    const reason = `tried on ${asIs.on}, unmodified, it answers all of ${asIs.way.answers.of} requests the same`;
    return { name: 'bun', spec: defaultSpec('bun'), reason };
  }
  const rows = measured.rows.filter((row) => row.targets.includes('bun') && row.frameworks);
  const framework = inventory.frameworks.find((item) =>
    rows.some((row) => row.frameworks?.includes(item.package)),
  );
  if (!framework) return stay(`${inventory.frameworks[0]?.name} was not measured on another runtime`);
  return {
    name: 'bun',
    spec: defaultSpec('bun'),
    reason: `${framework.name} answered the same there, unmodified, and nothing known blocks it`,
  };
}

/** What a verdict is made from. */
export interface Findings {
  inventory: Inventory;
  target: PlanTarget;
  recommended: Recommendation;
  stages: readonly PlanStage[];
  blockers: readonly Incompatibility[];
  measured: Measurements;
  /** What was not read of the application, or not measured on the target. */
  unread: readonly Reason[];
  /** What was tried of it on the target here; tables are quoted only where nothing was. */
  probed: readonly Reason[];
}

/** What the plan says, from the answer, the stages, the blockers and what was not read. */
export function decide(findings: Findings): Plan['verdict'] {
  const { inventory, target, recommended, stages, blockers, measured, unread, probed } = findings;
  const elsewhere = probed.length > 0 ? probed : quotes(inventory, target, measured);
  const because = [...ownReasons(inventory), ...elsewhere];
  const framework =
    inventory.frameworks.find((item) => item.package === 'express') ?? inventory.frameworks[0];
  if (target.name === 'node') {
    const asked = target.answeredBy === 'recommendation' || recommended.name === 'node';
    const why: Reason[] = asked ? [plain(`${capital(recommended.reason)}.`), ...because] : because;
    return {
      kind: 'stay',
      sentence: `Stay on Node: move to ${title(target)} and change nothing else.`,
      because: why,
    };
  }
  const stage = stages.find((item) => item.id === 'full-switch');
  const blocking = blockers.filter((item) => item.stages.includes('full-switch'));
  const kept = target.name === 'workers' || !framework ? null : framework.name;
  const edge = stages.find((item) => item.id === 'edge-layer');
  const moved = edge?.items.filter((item) => item.moves).length ?? 0;
  const beside =
    edge?.status === 'ready' && target.name !== 'workers'
      ? `; Workers could take ${moved} of ${edge.items.length} routes`
      : '';
  if (blocking.length === 0 && unread.length > 0) {
    return {
      kind: 'unknown',
      sentence: `Not known whether it can move to ${title(target)}: ${unread[0]?.sentence}. Until it is, stay on Node.`,
      because: unread.slice(1).map((item) => ({ ...item, sentence: `${capital(item.sentence)}.` })),
    };
  }
  if (blocking.length === 0 && stage) {
    return {
      kind: 'move',
      sentence: `Move to ${title(target)}${kept ? `, keep ${kept}` : ''}${beside}.`,
      because,
    };
  }
  if (blocking.every((item) => item.remedy !== null)) {
    const count = `${blocking.length} ${blocking.length === 1 ? 'blocker' : 'blockers'}`;
    const part =
      target.name === 'workers' && moved > 0
        ? `${moved} of ${edge?.items.length} routes could move today; `
        : '';
    const also = unread[0] ? ` Besides, ${unread[0].sentence}.` : '';
    return {
      kind: 'move-after-blockers',
      sentence: `Not yet: ${part}${count} to resolve before the move to ${title(target)}${kept ? ` (keeping ${kept})` : ''}. Until then, stay on Node.${also}`,
      because,
    };
  }
  return {
    kind: 'stay',
    sentence: `Stay on Node: ${blocking.length} known ${blocking.length === 1 ? 'blocker has' : 'blockers have'} no remedy on ${title(target)}.`,
    because: [...blocking.filter((item) => item.remedy === null).map(toReason), ...because],
  };
}

/** Measured sentences for the target, with the framework filled in. */
function quotes(inventory: Inventory, target: PlanTarget, measured: Measurements): Reason[] {
  return measured.rows.flatMap((row) => {
    if (!row.targets.includes(target.name)) return [];
    const framework = inventory.frameworks.find((item) => row.frameworks?.includes(item.package));
    if (row.frameworks && !framework) return [];
    return [
      {
        sentence: `${row.sentence.replaceAll('{{framework}}', framework?.name ?? '')}.`,
        location: null,
        known: 'table' as const,
        source: measured.source,
        asOf: measured.asOf,
      },
    ];
  });
}

const title = (target: PlanTarget): string =>
  target.name === 'node' ? target.spec.replace('node@', 'Node ') : versioned(target);

const versioned = (target: PlanTarget): string =>
  target.spec === defaultSpec(target.name)
    ? titleOf(target.name)
    : `${titleOf(target.name).split(' ')[0]} (${target.spec})`;

const plain = (sentence: string): Reason => ({ sentence, location: null, known: 'table' });

const toReason = ({ sentence, location, known, source, asOf }: Incompatibility): Reason => ({
  sentence: `${capital(sentence)}.`,
  location,
  known,
  ...(source && { source }),
  ...(asOf && { asOf }),
});

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
