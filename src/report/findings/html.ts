import { createHash } from 'node:crypto';
import { at } from '../../model/at.ts';
import { type FindingsDocument, type PlacedFinding, Severity } from '../../model/findings.ts';
import { html, Markup } from '../html/escape.ts';
import { STYLE } from '../html/style.ts';
import { totalsLine } from './text.ts';

const OWN_STYLE = `${STYLE}
form{display:flex;gap:1rem;flex-wrap:wrap;align-items:end;margin:1rem 0;position:sticky;top:0;background:var(--ground);padding:.5rem 0}
label{display:flex;flex-direction:column;font-size:.85rem;color:var(--soft)}
input,select{font:inherit;padding:.35rem .5rem;border:1px solid var(--line);border-radius:6px;background:var(--raised);color:var(--ink)}
input[type=search]{min-width:18rem}
input:focus-visible,select:focus-visible{outline:3px solid var(--focus);outline-offset:1px}
.blocks{color:var(--bad)}.differs{color:var(--warn)}.check,.advice{color:var(--soft)}
.state{font-size:.8rem}
`;

/** Shows the rows that have every chosen value and hold every word, and says how many. It reads the page alone. */
const SCRIPT = `
const form = document.querySelector('form');
const rows = [...document.querySelectorAll('tbody tr')];
const shown = document.querySelector('#shown');
const texts = rows.map((row) => row.textContent.toLowerCase());
function apply() {
  const words = form.elements.search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const chosen = [...form.querySelectorAll('select')].filter((select) => select.value !== '');
  let count = 0;
  rows.forEach((row, index) => {
    const fits = words.every((word) => texts[index].includes(word)) &&
      chosen.every((select) => row.dataset[select.name].split(' ').includes(select.value));
    row.hidden = !fits;
    if (fits) count++;
  });
  shown.textContent = count + ' of ' + rows.length;
}
form.addEventListener('input', apply);
form.addEventListener('submit', (event) => event.preventDefault());
apply();
`;

/**
 * Findings as one HTML file with a search and filters: no network, every value escaped, one script of its own that the
 * policy of the page names by its hash. Without scripts every row is shown.
 *
 * @returns a whole document, UTF-8
 */
export function findingsHtml(found: FindingsDocument): string {
  const hash = createHash('sha256').update(SCRIPT).digest('base64');
  const all = found.projects.flatMap(({ folder, findings }) =>
    findings.map((finding) => ({ folder, finding })),
  );
  const values = (pick: (item: (typeof all)[number]) => readonly string[]) => [...new Set(all.flatMap(pick))];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'">
<meta name="referrer" content="no-referrer">
<title>Findings: ${found.name} on ${found.targets.join(', ')}</title>
<style>${new Markup(OWN_STYLE)}</style>
</head>
<body>
<header>
<h1>Findings · ${found.name} on ${found.targets.join(', ')}</h1>
<p>New: ${totalsLine(found.totals)}. Known: ${found.known}. Accepted: ${found.accepted}.</p>
${found.projects.length > 1 && html`<ul>${found.projects.map(({ folder, totals }) => html`<li><code>${folder}</code> ${totalsLine(totals)}</li>`)}</ul>`}
</header>
<main>
<form role="search" aria-label="Findings">
<label>Search<input type="search" name="search" autocomplete="off"></label>
${select('severity', Severity.options)}
${select(
  'target',
  values(({ finding }) => finding.targets),
)}
${select('category', values(({ finding }) => [finding.category]).sort())}
${select('state', ['new', 'known', 'accepted'])}
${
  found.projects.length > 1 &&
  select(
    'project',
    values(({ folder }) => [folder]),
  )
}
<output id="shown">${all.length} of ${all.length}</output>
</form>
<div class="scroll"><table>
<thead><tr><th>Severity</th><th>What</th><th>Where</th><th>On</th></tr></thead>
<tbody>
${all.map(({ folder, finding }) => rowOf(folder, finding))}
</tbody></table></div>
${
  found.notChecked.length > 0 &&
  html`<h2>Not checked</h2><ul>${found.notChecked.map(({ what, reason, location }) => html`<li>${what}: ${reason} ${location && html`<code>${at(location)}</code>`}</li>`)}</ul>`
}
</main>
<script>${new Markup(SCRIPT)}</script>
</body>
</html>
`.text;
}

const select = (name: string, values: readonly string[]): Markup =>
  html`<label>${name}<select name="${name}"><option value="">all</option>${values.map((value) => html`<option>${value}</option>`)}</select></label>`;

const rowOf = (folder: string, finding: PlacedFinding): Markup =>
  html`<tr data-severity="${finding.severity}" data-target="${finding.targets.join(' ')}" data-category="${finding.category}" data-state="${finding.state}" data-project="${folder}">
<td class="${finding.severity}">${finding.severity}<div class="state">${finding.state === 'new' ? '' : finding.state}</div></td>
<td>${finding.message} <code>${finding.rule}</code>${finding.remedy && html`<div class="soft">→ ${finding.remedy}</div>`}${finding.reason && html`<div class="soft">accepted: ${finding.reason}</div>`}${finding.refute && html`<div class="soft">refuted by: ${finding.refute}</div>`}<div class="soft">${finding.source}, ${finding.asOf}</div></td>
<td>${finding.location && html`<code>${at(finding.location)}</code><pre>${finding.snippet}</pre>`}</td>
<td>${finding.targets.join(', ')}</td></tr>`;
