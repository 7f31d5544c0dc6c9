import type { Decision, PromotionCheck } from '../../model/promotion.ts';
import { safeLine, wrap } from '../columns.ts';
import { plural } from '../format.ts';
import type { Io } from '../io.ts';
import { escapeMarkdown, inlineCode, row } from '../markdown-text.ts';

/** Lines of one gate that are shown; a stage of many routes has one a route. */
const MOST = 2;

/** What the gates say, and whether the stage goes on. */
export function printPromotion(
  io: Io,
  decision: Decision,
  { written, next }: { written: readonly string[] | null; next: readonly string[] },
): void {
  const { bold, green, red, dim } = io.colors;
  const line = (text = '') => io.line(safeLine(text));
  const { code, checks, evidence, outcome } = decision;
  line(`${bold(decision.stage)}  ${decision.title}  ${dim(`commit ${code.commit.slice(0, 8)}`)}`);
  const width = Math.max(...checks.map(({ gate }) => gate.length));
  for (const [gate, own] of byGate(checks)) {
    const tell = (mark: string, what: string) => {
      const lead = `  ✔ ${gate.padEnd(width)}  `;
      for (const [index, text] of wrap(lead, what, lead.length).entries())
        line(index === 0 ? `  ${mark}${text.slice(3)}` : text);
    };
    for (const check of own.slice(0, MOST))
      tell(markOf(io, check), `${check.subject === 'all' ? '' : `${check.subject}: `}${check.why}`);
    const rest = ' '.repeat(width + 6);
    if (own.length > MOST) line(dim(`${rest}and ${own.length - MOST} more (--json lists all)`));
    const waived = own.find((check) => check.waived)?.waived;
    if (waived)
      for (const text of wrap(rest, `Waived by ${waived.by}: ${waived.reason}`, rest.length)) line(text);
  }
  const counting = evidence.filter(({ left }) => left === null).length;
  line(
    dim(
      `  of ${plural(evidence.length, 'file')} of evidence ${counting} ${counting === 1 ? 'counts' : 'count'}`,
    ),
  );
  line();
  if (outcome === 'refused') {
    const standing = checks.filter((check) => check.outcome !== 'PASS' && !check.waived);
    const gates = new Set(standing.map(({ gate }) => gate)).size;
    line(`${red('Not promoted')}: ${plural(gates, 'gate')} ${gates === 1 ? 'does' : 'do'} not hold.`);
  } else
    line(
      written
        ? green(outcome === 'promoted' ? 'Promoted.' : 'Promoted, with what was waived.')
        : 'Its gates hold. A dry run: nothing was kept.',
    );
  for (const [index, file] of (written ?? []).entries())
    line(`${index === 0 ? 'Written   ' : '          '}${file}`);
  for (const [index, command] of next.entries())
    line(`${index === 0 ? 'Next      ' : '          '}${bold(command)}`);
}

function markOf({ colors: { green, red, yellow } }: Io, { outcome, waived }: PromotionCheck): string {
  if (waived) return yellow('~');
  return outcome === 'PASS' ? green('✔') : outcome === 'FAIL' ? red('✘') : yellow('?');
}

/** Worst first within each gate, in the order they were asked. */
function byGate(checks: readonly PromotionCheck[]): Map<string, PromotionCheck[]> {
  const order = ['INVALID', 'FAIL', 'INCONCLUSIVE', 'PASS'];
  const gates = new Map<string, PromotionCheck[]>();
  for (const check of checks) gates.set(check.gate, [...(gates.get(check.gate) ?? []), check]);
  for (const [gate, own] of gates)
    gates.set(
      gate,
      own.toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome)),
    );
  return gates;
}

/** The decision for people: what was decided, by whom, of which code, on which evidence. */
export function decisionMarkdown(decision: Decision): string {
  const { title, stage, outcome, decidedAt, by, tool, code, runtimes, steps, checks, evidence } = decision;
  const exact = (side: Decision['runtimes']['old']) =>
    side ? `${side.name} ${side.compatibilityDate ?? side.version} (${side.platform})` : 'none';
  const lock = code.lockfile
    ? `${inlineCode(code.lockfile.file)} ${inlineCode(code.lockfile.sha256)}`
    : 'none';
  return `${[
    `# ${escapeMarkdown(title)}: ${outcome.replaceAll('-', ' ')}`,
    '',
    `Decided ${decidedAt.slice(0, 16).replace('T', ' ')} UTC by ${escapeMarkdown(by ?? 'somebody whom git does not know')}, with migrate ${tool}.`,
    '',
    `- stage: ${inlineCode(stage)}`,
    `- commit: ${inlineCode(code.commit)}, tree ${inlineCode(code.gitTree)}`,
    `- before the stage: ${inlineCode(code.before.commit)}`,
    `- lockfile: ${lock}`,
    `- runtimes: ${exact(runtimes.old)} → ${exact(runtimes.new)}`,
    `- gates: SHA-256 ${inlineCode(decision.gates)}; plan: ${inlineCode(decision.plan)}`,
    '',
    '## Gates',
    '',
    row('gate', 'of', 'outcome', 'why'),
    row('---', '---', '---', '---'),
    ...checks.map(({ gate, subject, outcome: found, why, waived }) =>
      row(
        escapeMarkdown(gate),
        escapeMarkdown(subject),
        waived ? `${found}, waived` : found,
        escapeMarkdown(waived ? `${why} Waived by ${waived.by}: ${waived.reason}` : why),
      ),
    ),
    '',
    '## Steps',
    '',
    row('step', 'state', 'when', 'by'),
    row('---', '---', '---', '---'),
    ...steps.map(({ id, state, at, by: who }) =>
      row(escapeMarkdown(id), state, at?.slice(0, 16).replace('T', ' ') ?? '', escapeMarkdown(who ?? '')),
    ),
    '',
    '## Evidence',
    '',
    ...(evidence.length === 0
      ? ['None was asked for.']
      : [row('file', 'SHA-256', 'counts'), row('---', '---', '---')]),
    ...evidence.map(({ file, sha256, left }) =>
      row(inlineCode(file), inlineCode(sha256), left === null ? 'yes' : `no: ${escapeMarkdown(left)}`),
    ),
  ].join('\n')}\n`;
}
