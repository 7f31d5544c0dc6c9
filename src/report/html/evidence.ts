import type { Latency, RunReport, SideReport } from '../../model/verdict.ts';
import { megabytes, milliseconds, percent, plural } from '../format.ts';
import { waivedBy, waivedLine } from '../shadow/waived.ts';
import { html, type Markup } from './escape.ts';
import { cellMarkup } from './findings.ts';

/** Differences that a named rule or a waiver explains: visible, counted, never dropped. */
export function explainedSection(report: RunReport): Markup {
  const used = report.rules.filter((rule) => rule.exchanges > 0);
  const cells = report.cells.filter((cell) => cell.explained !== undefined);
  const noisy = cells.filter((cell) => cell.explained?.by === 'noise');
  // Of those that were prepared most serve in few applications: only what served is listed.
  const shown = report.waivers.filter(({ owner, state }) => owner === undefined || state === 'used');
  const waived = waivedBy(report);
  return html`<section aria-labelledby="explained"><h2 id="explained">Explained differences</h2>
${used.length + shown.length + noisy.length === 0 && html`<p>None.</p>`}
${waived.length > 0 && html`<ul>${waived.map((each) => html`<li>Waived: ${waivedLine(each)} <span class="soft">until ${each.expires}</span></li>`)}</ul>`}
${noisy.length > 0 && html`<details><summary><strong>noise of the old side</strong> <span class="soft">${plural(noisy.length, 'place')}</span></summary><div>${noisy.map(cellMarkup)}</div></details>`}
${[...used, ...shown].map((rule) => {
  const own = cells.filter((cell) => cell.explained?.id === rule.id);
  const title = 'route' in rule ? `waiver ${rule.id}: ${rule.route} ${rule.location}` : rule.id;
  return html`<details><summary><strong>${title}</strong> <span class="soft">${plural(rule.exchanges, 'exchange')}</span>
${'state' in rule && html`<span class="${rule.state}">${rule.state}, expires ${rule.expires}</span>`}</summary>
<div><p>${rule.reason}</p>${'allows' in rule && html`<p class="soft">Allows: ${rule.allows}</p>`}
${own.slice(0, 12).map(cellMarkup)}${own.length > 12 && html`<p class="soft">… and ${own.length - 12} more places, in report.json.</p>`}</div></details>
`;
})}</section>`;
}

/** What the verdict does not speak for. */
export function missingSection(report: RunReport): Markup {
  const { notCompared, warnings } = report;
  return html`<section aria-labelledby="missing"><h2 id="missing">Not compared</h2>
${
  notCompared.length === 0
    ? html`<p>Every recorded exchange was compared.</p>`
    : html`<div class="scroll"><table><thead><tr><th>#</th><th>Request</th><th>Why</th></tr></thead><tbody>
${notCompared.map((each) => html`<tr><td>${each.exchange}</td><td><code>${each.request}</code></td><td>${each.reason}</td></tr>`)}
</tbody></table></div>`
}
${warnings.length > 0 && html`<h3>Warnings</h3><ul>${warnings.map((warning) => html`<li>${warning}</li>`)}</ul>`}</section>`;
}

/** The run's proof of its own eyes: old against old, and planted faults. */
export function calibrationSection(report: RunReport): Markup {
  const { calibration, detection } = report;
  return html`<section aria-labelledby="evidence"><h2 id="evidence">Can this run see?</h2>
<p>Old against old: <b class="${calibration.clean ? 'PASS' : 'FAIL'}">${plural(calibration.differing, 'difference')}</b> in ${plural(calibration.compared, 'exchange')}.
Planted faults seen: <b class="${detection.score >= detection.required ? 'PASS' : 'FAIL'}">${detection.seen} of ${detection.planted}</b> (at least ${percent(detection.required)} needed).</p>
${calibration.cells.map(cellMarkup)}
<div class="scroll"><table><thead><tr><th>Planted fault</th><th class="number">Planted</th><th class="number">Seen</th></tr></thead><tbody>
${detection.faults.map((each) => html`<tr><td>${each.fault}</td><td class="number">${each.planted}</td><td class="number">${each.seen}</td></tr>`)}
</tbody></table></div></section>`;
}

const percentilesOf = ({ p50, p95, p99 }: Latency): string => [p50, p95, p99].map(milliseconds).join(' · ');

type Row = readonly [label: string, read: (side: SideReport) => string | null | undefined];

const ROWS: readonly Row[] = [
  ['given', (side) => side.given],
  ['runtime', (side) => `${side.runtime} ${side.version} (${side.platform})`],
  [
    'compatibility',
    (side) =>
      side.compatibilityDate && [side.compatibilityDate, ...(side.compatibilityFlags ?? [])].join(' '),
  ],
  ['entry', (side) => side.entry],
  ['commit', (side) => side.gitSha],
  ['state', (side) => (side.isolated ? 'a scratch copy of its own' : 'the folder itself')],
  ['start to first answer', (side) => (side.startMs === null ? null : milliseconds(side.startMs))],
  ['memory at the end (RSS)', (side) => (side.rssBytes === null ? null : megabytes(side.rssBytes))],
  ['latency p50 · p95 · p99', ({ latency }) => latency && percentilesOf(latency)],
  [
    'latency of its second instance',
    ({ repeatLatency = null }) => repeatLatency && percentilesOf(repeatLatency),
  ],
  ['crash', (side) => side.crash],
  [
    'ended during',
    ({ endings = [] }) => endings.map(({ route, exchange }) => `${route} (exchange ${exchange})`).join(', '),
  ],
];

/** Exact identity of both sides, so that the run can be repeated. */
export function sidesSection(report: RunReport): Markup {
  const { old, new: candidate } = report.sides;
  return html`<section aria-labelledby="sides"><h2 id="sides">What ran</h2>
<div class="scroll"><table><thead><tr><th></th><th>old</th><th>new</th></tr></thead><tbody>
${ROWS.filter(([, read]) => read(old) || read(candidate)).map(
  ([label, read]) =>
    html`<tr><th scope="row">${label}</th><td class="mono">${read(old) ?? 'not measured'}</td><td class="mono">${read(candidate) ?? 'not measured'}</td></tr>`,
)}
<tr><th scope="row">traffic</th><td class="mono" colspan="2">${report.traffic.file} (${report.traffic.source}), ${plural(report.traffic.exchanges, 'exchange')}, ${plural(report.traffic.sessions, 'session')}</td></tr>
${
  report.attribution &&
  html`<tr><th scope="row">owners by</th><td class="mono" colspan="2">${report.attribution.corners.map(({ title, failed }) => (failed === null ? title : `${title} (not asked: ${failed})`)).join(' · ') || 'the sides themselves'}; ${plural(report.attribution.exchanges, 'exchange')}, ${plural(report.attribution.changeSets, 'change set')}</td></tr>`
}
<tr><th scope="row">started</th><td class="mono" colspan="2">${report.startedAt}, took ${milliseconds(report.durationMs)}</td></tr>
</tbody></table></div></section>`;
}
