import type { ComparedScript, ScriptComparison, ScriptRun } from '../model/scripts.ts';
import { columns, safeLine, wrap } from './columns.ts';
import { milliseconds, plural } from './format.ts';
import type { Io } from './io.ts';

const HEAD = ['', '', 'same', 'ran on', 'tests', 'time', 'on Bun', 'CPU', 'on Bun'];

/** Prints what each script did on both, with what stands behind each ✘. */
export function printScripts(io: Io, found: ScriptComparison, written: string | null): void {
  const c = io.colors;
  const line = (text = '') => io.line(safeLine(text));
  const { scripts, runtimes } = found;
  const compared = scripts.filter(({ outcome }) => outcome !== 'none');
  line(
    c.bold(plural(scripts.length, 'script')) +
      c.dim(` · npm ${runtimes.npm} with ${nameOf(runtimes.today)} · ${nameOf(runtimes.bun)}`),
  );
  if (compared.length > 0) {
    line();
    const [head, ...rows] = columns([HEAD, ...compared.map(cellsOf)]);
    line(c.dim(head ?? ''));
    for (const [index, script] of compared.entries()) {
      const row = rows[index] ?? '';
      line(script.outcome === 'same' ? row.replace('✔', c.green('✔')) : row.replace('✘', c.red('✘')));
      for (const { kind, sentence } of script.differences)
        for (const part of wrap(`    ${kind}: `, sentence, 6)) line(part);
      for (const note of script.notes) for (const part of wrap('    ', c.dim(note), 4)) line(part);
    }
  }
  const left = scripts.filter(({ outcome }) => outcome === 'none');
  if (left.length > 0) {
    line();
    line('Not compared');
    const width = Math.max(...left.map(({ name }) => name.length));
    for (const { name, reason } of left)
      for (const part of wrap(`  ${name.padEnd(width)}  `, reason ?? '', width + 4)) line(part);
  }
  line();
  if (written) {
    line(c.dim(`Kept as ${written}; \`migrate plan\` uses it.`));
    if (compared.some(({ outcome, command, becomes }) => outcome === 'same' && command !== becomes))
      line('Next: migrate codemod run scripts-to-bun');
  } else line('No script could be compared.');
}

const nameOf = ({ name, version }: { name: string; version: string }): string =>
  `${name === 'bun' ? 'Bun' : 'Node'} ${version}`;

function cellsOf({ name, outcome, today, bun }: ComparedScript): string[] {
  return [
    ...['', name, outcome === 'same' ? '✔' : '✘', runtimesOf(bun), testsOf(bun)],
    ...[today?.wallMs, bun?.wallMs, today?.cpuMs, bun?.cpuMs].map((ms) =>
      ms === undefined || ms === null ? '–' : milliseconds(ms),
    ),
  ];
}

/** What really ran, without what only starts others. */
function runtimesOf(run: ScriptRun | null): string {
  const names = new Set((run?.ran ?? []).filter(({ starter }) => !starter).map(({ runtime }) => runtime));
  return names.size === 0 ? 'no JavaScript' : [...names].sort().join(' and ');
}

function testsOf(run: ScriptRun | null): string {
  if (!run?.tests) return '–';
  const { passed, failed, skipped } = run.tests;
  return `${passed.length} of ${passed.length + failed.length + skipped.length}`;
}
