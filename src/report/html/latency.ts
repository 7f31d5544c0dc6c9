import type { LatencySection, LoadedSide } from '../../model/latency.ts';
import type { RunReport } from '../../model/verdict.ts';
import { megabytes, milliseconds, percent, plural } from '../format.ts';
import { fine, loadOwnerLine, planLine, ratio, resourceRows, shareLines } from '../shadow/latency.ts';
import { type Line, lineChart } from './chart.ts';
import { html, type Markup } from './escape.ts';

const NAMES = ['old', 'again', 'new'] as const;
const TITLE = { old: 'old', again: 'old again', new: 'new' } as const;
/** Routes listed; all are in report.json. */
const MOST = 20;

/** Latency under load, what the sides used for it, and how much of it a runtime can change at all. */
export function latencySection({ latency }: RunReport): Markup | null {
  if (!latency) return null;
  const { margin } = latency;
  return html`<section aria-labelledby="latency"><h2 id="latency">Latency and resources under load</h2>
<p><b class="${latency.outcome}">${latency.outcome}</b> <span class="soft">asked for: ${margin.quantile} at most ${margin.ratio} times that of the old side; below ${margin.floorMs} ms more it does not count</span></p>
${latency.reasons.map((reason) => html`<p>${reason}</p>`)}
${loadOwnerLine(latency) && html`<p class="owner">${loadOwnerLine(latency)}</p>`}
<p class="soft">${planLine(latency)}</p>
${latency.leftOut.map((one) => html`<p class="soft">${plural(one.requests, 'request')} left out: ${one.reason}.</p>`)}
${responses(latency)}
${resources(latency)}
${shares(latency)}
${routes(latency)}
</section>`;
}

function responses(latency: LatencySection): Markup {
  const all = latency.timing.find(({ route }) => route === 'all');
  const lines = NAMES.map(
    (name): Line => ({
      name,
      points: latency.sides[name].curve.map(({ ms, share }) => [Math.max(ms, 0.01), share] as const),
    }),
  );
  return html`<h3>Response times</h3>
${lineChart({
  title: 'Share of the requests that were answered within a time, from the moment they were meant to start',
  lines,
  x: { label: 'answered within', tick: milliseconds, log: true },
  y: { label: 'requests', tick: percent, range: [0, 1] },
})}
<div class="scroll"><table><thead><tr><th></th><th class="number">old</th><th class="number">old again</th><th class="number">new</th><th class="number">new / old</th><th class="number">old again / old</th></tr></thead><tbody>
${(all?.quantiles ?? []).map(
  (row) =>
    html`<tr><th scope="row">${row.quantile}</th>${NAMES.map((name) => {
      const one = row[name];
      return html`<td class="number">${one ? html`${fine(one.at)}<br><span class="soft">${fine(one.low)} to ${fine(one.high)}</span>` : `${row.needed} samples needed`}</td>`;
    })}${(['new', 'again'] as const).map((name) => {
      const one = row.against?.[name].ratio;
      return html`<td class="number">${one ? html`${one.at.toFixed(2)}<br><span class="soft">${one.low.toFixed(2)} to ${one.high.toFixed(2)}</span>` : '–'}</td>`;
    })}</tr>`,
)}</tbody></table></div>
<p class="soft">Intervals at 95%, from whole blocks resampled. What the old side is against itself is the noise of this machine.</p>`;
}

function resources(latency: LatencySection): Markup {
  const memory = (side: LoadedSide) => ('measured' in side.memory ? side.memory.measured.points : []);
  const lines = NAMES.map(
    (name): Line => ({
      name,
      points: memory(latency.sides[name]).map(({ at, bytes }) => [at, bytes] as const),
    }),
  );
  const most = Math.max(0, ...lines.flatMap(({ points }) => points.map(([, bytes]) => bytes)));
  return html`<h3>What the sides used</h3>
${
  most > 0 &&
  lineChart({
    title:
      'Resident memory of each side over the measured time, under load and while the others had their turn',
    lines,
    x: { label: 'seconds', tick: (seconds) => seconds.toFixed(0) },
    y: { label: 'memory', tick: megabytes, range: [0, most * 1.05] },
  })
}
<div class="scroll"><table><thead><tr><th></th>${NAMES.map((name) => html`<th>${TITLE[name]}</th>`)}</tr></thead><tbody>
${resourceRows(latency).map(([label, ...cells]) => html`<tr><th scope="row">${label}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}
</tbody></table></div>`;
}

function shares(latency: LatencySection): Markup {
  const { share } = latency;
  return html`<h3>How much of a request is the runtime’s at all</h3>
${shareLines(latency).map((line) => html`<p>${line}</p>`)}
${
  'measured' in share &&
  html`<div class="scroll"><table><thead><tr><th>Route, asked alone</th><th class="number">Load</th><th class="number">Old takes</th><th class="number">of it CPU</th><th class="number">Share</th><th class="number">New takes</th><th class="number">of it CPU</th><th class="number">CPU new / old</th></tr></thead><tbody>
${share.measured.routes.map(
  (row) =>
    html`<tr><td><code>${row.route}</code></td><td class="number">${percent(row.traffic)}</td><td class="number">${fine(row.old.service)}</td><td class="number">${fine(row.old.cpu)}</td><td class="number"><meter min="0" max="1" value="${row.share.toFixed(3)}" aria-label="CPU share of ${row.route}"></meter> ${percent(row.share)}</td><td class="number">${fine(row.new.service)}</td><td class="number">${fine(row.new.cpu)}</td><td class="number">${ratio(row)}</td></tr>`,
)}</tbody></table></div>`
}`;
}

function routes(latency: LatencySection): Markup | false {
  const rows = latency.timing.filter(({ route }) => route !== 'all').sort((a, b) => b.samples - a.samples);
  if (rows.length === 0) return false;
  const cell = (one: { at: number; low: number; high: number } | null | undefined) =>
    html`<td class="number">${one ? `${fine(one.at)} (${fine(one.low)} to ${fine(one.high)})` : '–'}</td>`;
  return html`<details><summary><strong>By route</strong> <span class="soft">${plural(rows.length, 'route')}, ${latency.margin.quantile} of response times</span></summary><div class="scroll"><table><thead><tr><th>Route</th><th class="number">Samples</th><th class="number">old</th><th class="number">new</th></tr></thead><tbody>
${rows.slice(0, MOST).map((row) => {
  const judged = row.quantiles.find(({ quantile }) => quantile === latency.margin.quantile);
  return html`<tr><td><code>${row.route}</code></td><td class="number">${row.samples}</td>${cell(judged?.old)}${cell(judged?.new)}</tr>`;
})}</tbody></table>${rows.length > MOST && html`<p class="soft">… and ${rows.length - MOST} more, in report.json.</p>`}</div></details>`;
}
