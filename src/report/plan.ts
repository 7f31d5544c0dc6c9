import { at } from '../model/at.ts';
import type { NotChecked } from '../model/inventory.ts';
import type { Location } from '../model/location.ts';
import type { Incompatibility, Plan, PlanStage, PlanStep } from '../model/plan.ts';
import { columns, safeLine, wrap } from './columns.ts';
import { plural } from './format.ts';
import type { Colors, Io } from './io.ts';

/** How a plan is shown. */
export interface PlanView {
  /** Reasons, items and steps in full. */
  explain: boolean;
  /** Time the command took, in milliseconds; null for a plan read from its file. */
  elapsed: number | null;
  /** Where it was written; null when it was not. */
  written: string | null;
}

/** Lines of "not checked" on the first screen. */
const MOST_LINES = 6;
/** Further places of a blocker on the first screen. */
const MOST_PLACES = 5;

/** Prints a plan: one screen, or with `explain` everything it knows. */
export function printPlan(io: Io, plan: Plan, view: PlanView): void {
  const c = io.colors;
  const line = (text = '') => io.line(safeLine(text));
  const time = view.elapsed === null ? '' : `${(view.elapsed / 1000).toFixed(1)} s, `;
  for (const text of wrap('', `${plan.project.name} · ${plan.project.summary}`, 2)) line(text);
  line(
    c.dim(
      `${time}${plural(plan.project.files, 'file')} · target ${plan.target.spec} (${ANSWERS[plan.target.answeredBy]})`,
    ),
  );
  line();
  const colour = { move: c.green, 'move-after-blockers': c.yellow, unknown: c.yellow, stay: c.cyan }[
    plan.verdict.kind
  ];
  for (const [index, text] of wrap('Verdict   ', plan.verdict.sentence, 10).entries()) {
    line(index === 0 ? `Verdict   ${colour(text.slice(10))}` : text);
  }
  const because = view.explain ? plan.verdict.because : plan.verdict.because.slice(0, 3);
  for (const reason of because) {
    for (const text of wrap('          ', reason.sentence, 10)) line(c.dim(text));
  }
  const sources = new Set(
    because.flatMap(({ source, asOf }) => (source ? [`Source, ${asOf}: ${source}`] : [])),
  );
  if (view.explain)
    for (const source of sources) for (const text of wrap('          ', source, 10)) line(c.dim(text));
  if (view.explain) printDecision(plan, c, line);
  line();
  // What nothing leads through, and what does not apply, is nobody's question.
  const stages = plan.stages.filter(({ optional, status }) => !optional || status !== 'not-applicable');
  for (const text of columns(stages.map((stage) => stageRow(stage, plan, c)))) line(text);
  for (const stage of plan.stages) {
    if (view.explain) explainStage(stage, c, line);
  }
  printBlockers(plan, view.explain, c, line);
  printDifferences(plan.differences, view.explain, line);
  if (view.explain) printAdvice(plan, c, line);
  printNotChecked(plan.notChecked, view.explain, line);
  line();
  if (!view.explain) line(c.dim('Reasons for each script, route and step: migrate plan --explain'));
  const steps = plan.stages.reduce((sum, stage) => sum + stage.steps.length, 0);
  if (view.written) line(`Written   ${view.written}  (${plural(steps, 'step')})`);
  const next = plan.next[0];
  // What explains is on the screen already.
  const explains = next !== undefined && view.explain && next.endsWith(' --explain');
  if (explains) line(`Next      resolve the blockers above, then ${c.bold(next.replace(/ --explain$/, ''))}`);
  else if (next) line(`Next      ${c.bold(next)}`);
}

/** The way the decision took: each question, the fact, and what a yes leads to. */
function printDecision({ decision }: Plan, c: Colors, line: (text?: string) => void): void {
  if (decision.length === 0) return;
  line();
  line('Decision');
  for (const { question, answer, fact, location, leadsTo } of decision) {
    const mark = { yes: c.green('✔'), no: '–', unknown: c.yellow('?') }[answer];
    line(`  ${mark} ${question}  ${answer}`);
    for (const text of wrap('      ', fact + place(location), 6)) line(c.dim(text));
    if (leadsTo) for (const text of wrap('      → ', leadsTo, 8)) line(text);
  }
}

function printAdvice({ advice }: Plan, c: Colors, line: (text?: string) => void): void {
  if (advice.length === 0) return;
  line();
  line('Advice');
  for (const { sentence, location, source, asOf } of advice) {
    for (const text of wrap('  – ', sentence + place(location), 4)) line(text);
    for (const text of wrap('      ', `${source}, ${asOf}`, 6)) line(c.dim(text));
  }
}

const ANSWERS = { flag: 'asked for', prompt: 'answered', recommendation: 'recommended' } as const;

/** Stages that lead to the target are counted; others have none before them. */
const numberOf = (stage: PlanStage, { stages }: Plan): number =>
  stage.optional ? 0 : stages.filter(({ optional }) => !optional).indexOf(stage) + 1;

function stageRow(stage: PlanStage, plan: Plan, c: Colors): string[] {
  const moving = stage.items.filter((item) => item.moves).length;
  const amount =
    stage.unit === 'application'
      ? (stage.items[0]?.name ?? '')
      : `${moving} of ${plural(stage.items.length, stage.unit.replace(/s$/, ''))}`;
  const name = stage.id === 'stay-on-node' ? 'Stay' : `Stage ${numberOf(stage, plan)}`;
  if (stage.status === 'not-applicable') {
    return [
      c.dim(name),
      c.dim(stage.title),
      c.dim(amount),
      c.dim(`does not apply: ${stage.why[0]?.sentence ?? ''}`),
    ];
  }
  const automatic = stage.steps.filter(({ actions }) =>
    actions.every((action) => action.do !== 'ask'),
  ).length;
  const mode = `${automatic} of ${plural(stage.steps.length, 'step')} by command`;
  if (stage.status === 'unknown')
    return [
      name,
      stage.title,
      stage.items.length > 0 ? amount : 'not read',
      `${c.yellow('unknown')}: ${stage.why[0]?.sentence ?? ''}`,
    ];
  const state = stage.status === 'blocked' ? c.red(`blocked by ${stage.why.length}`) : c.green('ready');
  return [name, stage.title, amount, `${stage.risk} risk · ${mode} · ${state}`];
}

function explainStage(stage: PlanStage, c: Colors, line: (text?: string) => void): void {
  line();
  line(c.bold(`${stage.title}`) + c.dim(`  ${stage.playbook}`));
  if (stage.unit !== 'application') explainItems(stage, c, line);
  for (const [index, step] of stage.steps.entries()) explainStep(step, index, c, line);
  if (stage.steps.length === 0) return;
  line('  Gates');
  for (const gate of stage.gates) for (const text of wrap('    – ', gate, 6)) line(text);
  for (const text of wrap('  Rollback  ', stage.rollback, 12)) line(text);
}

/** What moves, one a line; what stays, one line a reason with everything it holds back. */
function explainItems(stage: PlanStage, c: Colors, line: (text?: string) => void): void {
  for (const item of stage.items.filter(({ moves }) => moves)) {
    line(`  ${c.green('✔')} ${item.name}${item.location ? c.dim(`  ${at(item.location)}`) : ''}`);
    if (item.becomes) line(`      becomes  ${item.becomes}`);
  }
  const reasons = new Map<string, { location: Location | null; items: string[]; only: number }>();
  for (const item of stage.items.filter(({ moves }) => !moves)) {
    for (const reason of item.reasons) {
      const group = reasons.get(reason.sentence) ?? { location: reason.location, items: [], only: 0 };
      group.items.push(item.name);
      if (item.reasons.length === 1) group.only++;
      reasons.set(reason.sentence, group);
    }
  }
  for (const [sentence, { location, items, only }] of reasons) {
    for (const text of wrap(`  ${c.dim('–')} `, sentence + place(location), 4)) line(text);
    const all =
      items.length === stage.items.length && items.length > 1
        ? `all ${items.length} ${stage.unit}`
        : items.join(', ');
    const alone = only > 0 && items.length > 1 ? `; the only reason for ${only}` : '';
    for (const text of wrap('      ', `holds back ${all}${alone}`, 6)) line(c.dim(text));
  }
}

function explainStep(step: PlanStep, index: number, c: Colors, line: (text?: string) => void): void {
  line(`  ${index + 1}. ${step.title}  ${c.dim(`${step.id}, ${step.risk} risk`)}`);
  for (const text of wrap('     ', step.instructions, 5)) line(text);
  for (const [name, actions] of [
    ['does', step.actions],
    ['checks', step.check],
  ] as const)
    for (const { says } of actions)
      for (const text of wrap(`     ${name.padEnd(9)} `, says, 15)) line(c.dim(text));
  for (const text of wrap('     rollback  ', step.rollback, 15)) line(c.dim(text));
}

function printBlockers(plan: Plan, all: boolean, c: Colors, line: (text?: string) => void): void {
  if (plan.blockers.length === 0) return;
  line();
  const stages = plan.stages.filter((stage) => stage.status === 'blocked').map((stage) => stage.title);
  line(`Blocks ${stages.length > 0 ? stages.join(', ') : 'a stage'}${measuredOn(plan.blockers)}`);
  for (const blocker of plan.blockers) {
    for (const text of wrap(`  ${c.red('✘')} `, `${blocker.sentence}${place(blocker.location)}`, 4))
      line(text);
    printPlaces(blocker.places, all, c, line);
    if (blocker.remedy) for (const text of wrap('      → ', blocker.remedy, 8)) line(c.dim(text));
  }
}

/** Further places, one line: a few on the first screen, all with `explain`. */
function printPlaces(
  places: readonly Location[],
  all: boolean,
  c: Colors,
  line: (text?: string) => void,
): void {
  const further = places.slice(1);
  if (further.length === 0) return;
  const named = further.slice(0, all ? further.length : MOST_PLACES).map(at);
  const rest = further.length - named.length;
  const text = `also ${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  for (const row of wrap('      ', text, 6)) line(c.dim(row));
}

/** What will be different: everything with `explain`, else what has a place in this repository. */
function printDifferences(
  differences: readonly Incompatibility[],
  all: boolean,
  line: (text?: string) => void,
): void {
  const shown = all
    ? differences
    : differences.filter(({ location }) => location !== null).slice(0, MOST_LINES);
  if (shown.length === 0) return;
  line();
  line(`Will differ${measuredOn(shown)}`);
  for (const item of shown) {
    for (const text of wrap('  ~ ', `${item.sentence}${place(item.location)}`, 4)) line(text);
    if (item.remedy) for (const text of wrap('      → ', item.remedy, 8)) line(text);
  }
  const rest = differences.length - shown.length;
  if (!all && rest > 0) line(`  ~ and ${rest} more: --explain`);
}

/** The "not checked" lines of plans and inventories. */
export function printNotChecked(
  items: readonly NotChecked[],
  all: boolean,
  line: (text?: string) => void,
): void {
  if (items.length === 0) return;
  line();
  line('Not checked');
  for (const item of all ? items : items.slice(0, MOST_LINES)) {
    const where = item.location && !item.what.startsWith(item.location.file) ? place(item.location) : '';
    const what = item.location?.file === item.what && item.location.line > 1 ? at(item.location) : item.what;
    for (const text of wrap('  – ', `${what}: ${item.reason}${where}`, 4)) line(text);
  }
  if (!all && items.length > MOST_LINES) line(`  – and ${items.length - MOST_LINES} more`);
}

/** When the table's rows were measured: one date, or the oldest and the newest. */
function measuredOn(items: readonly Incompatibility[]): string {
  const dates = [...new Set(items.flatMap(({ asOf }) => asOf ?? []))].sort();
  return dates.length > 0 ? `  (measured ${[...new Set([dates[0], dates.at(-1)])].join(' to ')})` : '';
}

const place = (location: Location | null): string => (location ? `  ${at(location)}` : '');
