import type { Monitoring, SignalRow } from '../../model/monitoring.ts';
import { columns, safeLine, wrap } from '../columns.ts';
import { plural } from '../format.ts';
import type { Io } from '../io.ts';

/** Names shown that are the same; those that are not are shown all. */
const MOST_SAME = 8;
const HEAD = ['', '', '', '', 'today', 'again', 'new'];
const MARK: Record<SignalRow['verdict'], string> = {
  ...{ same: '✔', missing: '✘', fewer: '✘', more: '✘', moved: '✘' },
  ...{ 'only-new': '+', unsteady: '~' },
};
const VERDICTS: Record<Monitoring['outcome'], string> = {
  ...{
    PASS: 'Monitoring sees of the new side what it sees today.',
    FAIL: 'Monitoring would see something else.',
  },
  ...{ INCONCLUSIVE: 'Nothing was compared.', INVALID: 'Nothing was compared.' },
};

/** Prints what collectors were told by both sides. */
export function printMonitoring(io: Io, found: Monitoring, written: string | null): void {
  const { bold, dim, green, red, yellow } = io.colors;
  const line = (text = '') => io.line(safeLine(text));
  const { sides, requests, rows, outcome, reasons, notChecked } = found;
  const runtime = ({ runtime: { name, version, compatibilityDate } }: Monitoring['sides']['old']) =>
    `${name} ${compatibilityDate ?? version}`;
  line(
    bold(`${runtime(sides.old)} → ${runtime(sides.new)}`) +
      dim(` · ${plural(requests.asked, 'request')} · a collector on 127.0.0.1`),
  );
  const same = rows.filter(({ verdict }) => verdict === 'same');
  const shown = [...rows.filter(({ verdict }) => verdict !== 'same'), ...same.slice(0, MOST_SAME)];
  if (shown.length > 0) {
    line();
    const [head, ...table] = columns([HEAD, ...shown.map(cellsOf)]);
    line(dim(head ?? ''));
    for (const text of table) line(text.replace('✘', red('✘')).replace('✔', green('✔')));
    const rest = same.length - MOST_SAME;
    if (rest > 0) line(dim(`  and ${rest} more that are the same: --json`));
  }
  line();
  const colour = outcome === 'PASS' ? green : outcome === 'FAIL' ? red : yellow;
  line(`${colour(outcome)}  ${VERDICTS[outcome]}`);
  for (const reason of reasons) for (const part of wrap('  ', reason, 2)) line(part);
  if (notChecked.length > 0) line();
  for (const text of notChecked) for (const part of wrap('  – ', text, 4)) line(dim(part));
  if (written) line(dim(`Kept as ${written}; \`migrate promote\` reads it.`));
}

function cellsOf({ via, kind, name, under, underNew, verdict, ...counts }: SignalRow): string[] {
  const parent = verdict === 'moved' ? `${under ?? 'root'} → ${underNew ?? 'root'}` : under;
  const count = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(1));
  return [
    `  ${MARK[verdict]}`,
    `${kind} (${via})`,
    name.length > 60 ? `${name.slice(0, 60)}…` : name,
    parent ? `under ${parent.length > 40 ? `${parent.slice(0, 40)}…` : parent}` : '',
    ...[counts.old, counts.again, counts.new].map(count),
  ];
}
