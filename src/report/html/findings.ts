import type { Cell } from '../../model/comparison.ts';
import type { RunReport, Signature } from '../../model/verdict.ts';
import { editPlace, milliseconds, ownerWord, percent, plural } from '../format.ts';
import { html, type Markup } from './escape.ts';

/** Unexplained differences, worst first; each opens to the samples of both sides. */
export function signaturesSection(report: RunReport): Markup {
  const { signatures } = report;
  return html`<section aria-labelledby="signatures"><h2 id="signatures">Unexplained differences</h2>
${
  signatures.length === 0
    ? html`<p>None in ${plural(report.counts.compared, 'compared exchange')}.</p>`
    : signatures.map((signature, index) => signatureMarkup(report, signature, index))
}</section>`;
}

function signatureMarkup(report: RunReport, signature: Signature, index: number): Markup {
  const cells = signature.cells.map((cell) => report.cells[cell]).filter((cell) => cell !== undefined);
  return html`<details class="signature"${index === 0 && html` open`}>
<summary><strong>${signature.title}</strong> <span class="${signature.severity}">${signature.severity}</span>
<span class="soft">${plural(signature.exchanges, 'exchange')}, ${percent(signature.share)} of traffic</span></summary>
<div><p class="soft">${signature.routes.map((each) => `${each.route} (${each.exchanges})`).join(' · ')}</p>
${cells.map(cellMarkup)}</div></details>
`;
}

/** One cell: where the answers part, who owns it, and samples side by side. */
export function cellMarkup(cell: Cell): Markup {
  const owner = cell.owner;
  return html`<h3><code>${cell.route}</code> · <code>${cell.location}</code> <span class="soft">${cell.kind}, ${plural(cell.exchanges, 'exchange')}</span></h3>
${
  owner &&
  html`<p class="owner">Owner: <strong>${ownerWord(owner)}</strong> <span class="soft">${owner.why}</span></p>
${owner.edits?.map(
  (edit) => html`<p class="soft"><code>${editPlace(edit)}</code> ${edit.codemod}/${edit.rule}</p>
<div class="pair"><div>before<pre>${edit.before ?? '(nothing)'}</pre></div><div>after<pre>${edit.after ?? '(nothing)'}</pre></div></div>`,
)}`
}
${
  cell.noise &&
  html`<p>The old side differs from itself here: only new differs in ${cell.noise.b}, only old's repeat in ${cell.noise.c}, both in ${cell.noise.both} of ${cell.noise.n}; one-sided McNemar p = ${cell.noise.p.toPrecision(3)}, adjusted ${cell.noise.q.toPrecision(3)}: <strong>${cell.noise.result}</strong>. ${cell.noise.needed.toLocaleString('en-US')} exchanges would show ${percent(cell.noise.extra)} more.</p>`
}
${cell.exemplars.map(
  (sample) => html`<p class="soft">#${sample.exchange} <code>${sample.request}</code></p>
<div class="pair"><div>old<pre>${sample.old ?? '(nothing)'}</pre></div><div>new<pre>${sample.new ?? '(nothing)'}</pre></div></div>`,
)}`;
}

/** Every known route and what became of it. */
export function routesSection(report: RunReport): Markup {
  return html`<section aria-labelledby="routes"><h2 id="routes">Routes</h2>
<div class="scroll"><table><thead><tr><th>Route</th><th>State</th><th>Statuses</th><th class="number">Recorded</th><th class="number">Compared</th>
<th class="number">Differ</th><th class="number">Defects below</th><th class="number">p95 old → new</th></tr></thead><tbody>
${report.routes.map((route) => {
  const latency = route.latency;
  return html`<tr><td><code>${route.route}</code></td>
<td><span class="${route.status}">${route.status}</span>${route.reason && html`<br><span class="soft">${route.reason}</span>`}</td>
<td>${Object.entries(route.statuses)
    .map(([status, count]) => `${status}×${count}`)
    .join(' ')}</td>
<td class="number">${route.recorded}</td><td class="number">${route.compared}</td><td class="number">${route.different}</td>
<td class="number">${route.defectBound === null ? '–' : percent(Math.min(1, route.defectBound))}</td>
<td class="number">${latency?.old && latency.new ? `${milliseconds(latency.old.p95)} → ${milliseconds(latency.new.p95)}` : '–'}</td></tr>
`;
})}</tbody></table></div>
<p class="soft">"Defects below": upper bound of the share of differing answers at 95% confidence, from the number compared; 299 exchanges without a difference bound it below 1%.</p></section>`;
}
