import type { ProbeLevel, ProbeTable } from '../../model/probe-table.ts';
import type { Io } from '../io.ts';

/** The counts of one runtime, and everything that was called and is not as in Node. */
export function printProbeTable(io: Io, table: ProbeTable): void {
  const { bold, dim, red, yellow } = io.colors;
  const found = table.modules.flatMap((one) => one.found.map((each) => ({ module: one.module, ...each })));
  const works = table.modules.reduce((sum, one) => sum + one.works.length, 0);
  const missing = table.modules.filter((one) => one.missing !== undefined);
  const absent = table.modules.reduce((sum, one) => sum + one.absent.length, 0);
  const count = (level: ProbeLevel) => found.filter((one) => one.level === level).length;
  const date = table.compatibilityDate === undefined ? '' : `, compatibility date ${table.compatibilityDate}`;
  io.line(bold(`${table.runtime} ${table.version} (${table.platform}${date})`));
  io.line(
    `  ${works + found.length} called: ${works} work, ${count('differs')} differ, ${count('no-op')} do nothing, ${count('throws')} throw, ${count('member-missing')} are missing · ${missing.length} modules missing · ${absent} more names of Node missing, not called`,
  );
  for (const { module, missing: why } of missing)
    io.line(`  ${red('module-missing')} ${module}  ${dim(why ?? '')}`);
  for (const { module, member, of, level, saw } of found) {
    const name = module.startsWith('(') ? member : `${module}.${member}`;
    const colour = level === 'differs' || level === 'no-op' ? yellow : red;
    io.line(`  ${colour(level.padEnd(14))} ${name}${of === undefined ? '' : ` (${of})`}  ${dim(saw)}`);
  }
  io.line();
}

/** What `--check` found. */
export function printProbeDifferences(
  io: Io,
  differing: readonly { file: string; differences: readonly { what: string; kept: string; now: string }[] }[],
): void {
  if (differing.length === 0) io.line('The kept tables say the same.');
  for (const { file, differences } of differing) {
    io.line(
      io.colors.red(
        `${file}: ${differences.length} ${differences.length === 1 ? 'statement differs' : 'statements differ'}`,
      ),
    );
    for (const { what, kept, now } of differences) io.line(`  ${what}\n    kept ${kept}\n    now  ${now}`);
  }
}
