import type { RunReport } from '../../model/verdict.ts';
import { plural } from '../format.ts';
import { effectCount } from '../shadow/effects.ts';
import { html, type Markup } from './escape.ts';

const STATE = { same: 'same', explained: 'soft', different: 'different' } as const;

/** What the sides did beside answering: files, objects, outgoing calls. */
export function effectsSection({ effects, state }: RunReport): Markup {
  if (!effects) return html``;
  return html`<section aria-labelledby="effects"><h2 id="effects">Effects</h2>
<p>${effects.counts.map(effectCount).join(' · ')}: ${effects.same} the same, ${effects.explained} explained, <b class="${effects.different > 0 ? 'FAIL' : 'PASS'}">${effects.different} different</b>.</p>
${state && html`<p>Both began with ${plural(state.files, 'file')} from <code>${state.source}</code>: ${state.differs === null ? 'the same' : html`<b class="FAIL">not the same, ${state.differs} differs</b>`}.</p>`}
${effects.mapped.map((text) => html`<p class="soft">${text}.</p>`)}
${effects.notObserved.length > 0 && html`<ul>${effects.notObserved.map((text) => html`<li>Not observed: ${text}.</li>`)}</ul>`}
${
  effects.rows.length > 0 &&
  html`<div class="scroll"><table><thead><tr><th>Effect</th><th>State</th><th>Old</th><th>New</th><th class="number">Exchange</th></tr></thead><tbody>
${effects.rows.map((row) => html`<tr><td><code>${row.place}</code></td><td><span class="${STATE[row.state]}">${row.state}</span></td><td>${row.old ?? '–'}</td><td>${row.new ?? '–'}</td><td class="number">${row.exchange ?? '–'}</td></tr>`)}
</tbody></table></div>`
}</section>`;
}

/** What was asked that no recording holds: requests that are no proper HTTP, clients that go away. */
export function probesSection({ probes }: RunReport): Markup {
  if (!probes) return html``;
  return html`<section aria-labelledby="probes"><h2 id="probes">Probes</h2>
${probes.notObserved.length > 0 && html`<ul>${probes.notObserved.map((text) => html`<li>Not observed: ${text}.</li>`)}</ul>`}
<div class="scroll"><table><thead><tr><th>Probe</th><th>What</th><th>State</th><th>Old</th><th>New</th></tr></thead><tbody>
${probes.rows.map((row) => html`<tr><td><code>${row.class}/${row.name}</code></td><td>${row.what}</td><td><span class="${STATE[row.state]}">${row.state}</span></td><td>${row.old}</td><td>${row.new}</td></tr>`)}
</tbody></table></div></section>`;
}
