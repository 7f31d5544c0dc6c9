import type { Stay } from './convert.ts';
import type { Application } from './list.ts';
import type { Row, Run } from './row.ts';
import { errorLines, firstLine } from './words.ts';

const REASONS = 12;
const PLACES = 3;

/** What is said of one application: what stays and why, and every run. */
export function section(row: Row, app: Application | undefined): string[] {
  const at = row.folder === '.' ? '' : `, \`${row.folder}\``;
  const { converted, run } = row;
  const when = [
    converted && `Converted ${converted.date} by ${converted.version}`,
    run && `run ${run.date} by ${run.version}`,
  ].filter((one) => one !== undefined);
  const lines = [
    `## ${row.name}`,
    '',
    `[${row.repository}](https://github.com/${row.repository}/tree/${row.commit})${at}: ${row.what}. Licence: ${app?.license ?? 'none named'}. ${when.join(', ')}${when.length > 0 ? '.' : ''}`,
    '',
  ];
  if (app?.note !== undefined) lines.push(app.note, '');
  if (row.failed !== undefined) lines.push(`The codemod failed: ${firstLine(row.failed)}`, '');
  if (converted) {
    const { node, workers } = converted;
    const known = new Set(node.stays.map(keyOf));
    lines.push(
      ...list('What stays, and why:', staying(node.stays)),
      ...withInPlace(converted),
      ...list('On Workers also:', [
        ...staying(workers.stays.filter((one) => !known.has(keyOf(one)))),
        ...workers.limits.map(({ route, reason }) => `cannot run: ${route}: ${reason}`),
      ]),
    );
  }
  if (run) lines.push(...runLines(run), '');
  else if (app?.unrun !== undefined) lines.push(`Not run: ${app.unrun}.`, '');
  return lines;
}

/** Runs are with it then. */
function withInPlace({ inPlace }: NonNullable<Row['converted']>): string[] {
  if (inPlace === undefined) return [];
  const { converted, kept } = inPlace.handlers;
  return [
    `With \`--in-place\`, as the codemod tells where nothing else can go, ${converted} of ${converted + kept} handlers become Hono’s where Express registers them. It is run so.`,
    '',
  ];
}

const keyOf = ({ outcome, reason }: Stay): string => `${outcome}: ${reason}`;

const list = (title: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : [title, '', ...items.map((one) => `- ${one}`), ''];

function staying(stays: readonly Stay[]): string[] {
  const shown = stays.slice(0, REASONS).map(({ outcome, reason, places }) => {
    const more = places.length > PLACES ? ` and ${places.length - PLACES} more` : '';
    const what = outcome === 'blocks' ? 'keeps all of it back' : outcome;
    return `${what}: ${reason} (${places.slice(0, PLACES).join(', ')}${more})`;
  });
  return stays.length > REASONS ? [...shown, `and ${stays.length - REASONS} more reasons`] : shown;
}

function runLines({ failed, runtimes, cpu }: Run): string[] {
  const lines: string[] = failed === null ? [] : [`Not run: ${firstLine(failed)}`];
  for (const { runtime, version, failed: why, runs } of runtimes) {
    if (why !== null)
      lines.push(
        `- ${runtime}: does not start. ${firstLine(why)}`,
        ...errorLines(why).map((line) => `  - ${line}`),
      );
    for (const run of runs) {
      const { traffic, verdict, differing, compared, routes, uncovered } = run;
      lines.push(
        `- ${runtime} (${version}), ${traffic}: **${verdict}**, ${differing} of ${compared} exchanges differ unexplained, ${routes - uncovered} of ${routes} routes reached.${because('Announced by the conversion', run.owned)}${because('Explained by rules', run.explained)}`,
        ...run.differences.slice(0, 6).map((one) => `  - ${one}`),
        ...Object.entries(run.accepted).map(([reason, count]) => `  - accepted ×${count}: ${reason}`),
      );
    }
  }
  if (cpu)
    lines.push(
      `- CPU of ${cpu.original.paths.map((path) => `\`GET ${path}\``).join(', ')}: ${(['original', 'converted'] as const).map((side) => `${side} ${cpu[side].at.toFixed(3)} ms (${cpu[side].low.toFixed(3)}–${cpu[side].high.toFixed(3)})`).join(', ')}.`,
    );
  return lines;
}

function because(title: string, counts: Record<string, number>): string {
  const said = Object.entries(counts).map(([id, count]) => `${id} ×${count}`);
  return said.length === 0 ? '' : ` ${title}: ${said.join(', ')}.`;
}
