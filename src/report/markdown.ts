import type { LatencySection } from '../model/latency.ts';
import type { RunReport } from '../model/verdict.ts';
import {
  boundLine,
  editPlace,
  ownerWord,
  percent,
  plural,
  sidesLine,
  timesOfSides,
  upgrade,
  upgradeLine,
} from './format.ts';
import { escapeMarkdown, inlineCode, row } from './markdown-text.ts';
import { effectsMarkdown, probesMarkdown } from './shadow/effects.ts';
import { loadOwnerLine, planLine, quantileLines, resourceRows, shareLines } from './shadow/latency.ts';

/** Owners of a signature's cells, each once, with the edits they are narrowed down to. */
function owners(report: RunReport, cells: readonly number[]): string {
  const found = cells.flatMap((at) => report.cells[at]?.owner ?? []);
  const words = found.map((owner) => {
    const places =
      owner.edits?.slice(0, 3).map((edit) => inlineCode(`${editPlace(edit)} ${edit.rule}`)) ?? [];
    return [escapeMarkdown(ownerWord(owner)), ...places].join('<br>');
  });
  return [...new Set(words)].slice(0, 3).join('<br>') || '–';
}

/** The latency phase: outcome, response times, resources, and what a switch can bring at most. */
function loadMarkdown(latency: LatencySection): string[] {
  const owner = loadOwnerLine(latency);
  return [
    '',
    `### Under load: ${latency.outcome}`,
    '',
    ...latency.reasons.map((reason) => `- ${escapeMarkdown(reason)}`),
    ...(owner === null ? [] : [`- ${escapeMarkdown(owner)}`]),
    '',
    escapeMarkdown(planLine(latency)),
    '',
    ...quantileLines(latency).map((line) => `- ${escapeMarkdown(line)}`),
    '',
    row('', 'old', 'new'),
    row('---', '---', '---'),
    ...resourceRows(latency).map(([label, old, , next]) =>
      row(label, escapeMarkdown(old), escapeMarkdown(next)),
    ),
    '',
    ...shareLines(latency).map(escapeMarkdown),
  ];
}

/** A shadow run as Markdown for a pull request: the verdict, the differences, the routes that were not compared. */
export function renderShadowMarkdown(report: RunReport): string {
  const { counts, calibration, detection } = report;
  const unseen = report.routes.filter((route) => route.status !== 'same' && route.status !== 'different');
  const rules = report.rules.filter((rule) => rule.exchanges > 0);
  const newer = upgrade(report);
  return [
    `## ${report.verdict}: ${escapeMarkdown(sidesLine(report))}`,
    '',
    ...report.reasons.map((reason) => `- ${escapeMarkdown(reason)}`),
    '',
    `${plural(counts.compared, 'exchange')} compared of ${counts.recorded} recorded; ${counts.differing} with an unexplained difference, ${counts.explained} explained by a named rule or waiver. ${boundLine(report)}.`,
    '',
    `Old against old: ${plural(calibration.differing, 'difference')} in ${calibration.compared}. Planted faults seen: ${detection.seen} of ${detection.planted}.`,
    ...(report.signatures.length === 0
      ? []
      : [
          '',
          row('Difference', 'Severity', 'Exchanges', 'Share', 'Owner'),
          row('---', '---', '---:', '---:', '---'),
          ...report.signatures.map((each) =>
            row(
              escapeMarkdown(each.title),
              each.severity,
              each.exchanges,
              percent(each.share),
              owners(report, each.cells),
            ),
          ),
        ]),
    ...(newer ? ['', `Next: ${escapeMarkdown(upgradeLine(newer))}.`] : []),
    ...effectsMarkdown(report),
    ...probesMarkdown(report),
    ...(unseen.length === 0
      ? []
      : [
          '',
          row('Route outside the verdict', 'State', 'Why'),
          row('---', '---', '---'),
          ...unseen.map((each) =>
            row(inlineCode(each.route), each.status, escapeMarkdown(each.reason ?? '')),
          ),
        ]),
    ...(rules.length === 0
      ? []
      : [
          '',
          row('Rule', 'Exchanges', 'Why'),
          row('---', '---:', '---'),
          ...rules.map((each) => row(inlineCode(each.id), each.exchanges, escapeMarkdown(each.reason))),
        ]),
    ...(report.sides.old.latency && report.sides.new.latency
      ? [
          '',
          `While comparing, one request at a time: ${timesOfSides(report.sides, 'p50')}, ${timesOfSides(report.sides, 'p95')}.`,
        ]
      : []),
    ...(report.latency ? loadMarkdown(report.latency) : []),
    '',
  ].join('\n');
}
