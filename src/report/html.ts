import type { RunReport } from '../model/verdict.ts';
import { boundLine, percent, plural, sidesLine, upgrade, upgradeLine } from './format.ts';
import { effectsSection, probesSection } from './html/effects.ts';
import { html, Markup } from './html/escape.ts';
import { calibrationSection, explainedSection, missingSection, sidesSection } from './html/evidence.ts';
import { routesSection, signaturesSection } from './html/findings.ts';
import { latencySection } from './html/latency.ts';
import { STYLE } from './html/style.ts';

/**
 * A shadow run as one HTML file: no script, no network, every value escaped. The verdict comes first.
 *
 * @returns a whole document, UTF-8
 */
export function renderShadowHtml(report: RunReport): string {
  const { counts } = report;
  const covered = report.routes.filter((route) => route.status === 'same' || route.status === 'different');
  const newer = upgrade(report);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${report.verdict}: ${sidesLine(report)}</title>
<style>${trusted}</style>
</head>
<body>
<header>
<h1>Shadow run ${report.id} · ${sidesLine(report)}</h1>
<p class="verdict ${report.verdict}" id="verdict">${report.verdict}</p>
${report.reasons.map((reason) => html`<p>${reason}</p>`)}
${newer && html`<p>Next: ${upgradeLine(newer)}.</p>`}
${report.interrupted && html`<p class="FAIL">This run was interrupted; it covers only what was compared before.</p>`}
<div class="facts">
<div><b>${counts.compared.toLocaleString('en-US')}</b>of ${plural(counts.recorded, 'recorded exchange')} compared</div>
<div><b>${covered.length} of ${report.routes.length}</b>routes compared</div>
<div><b>${counts.differing}</b>${counts.differing === 1 ? 'exchange differs' : 'exchanges differ'} unexplained</div>
<div><b>${counts.explained}</b>explained by a named rule or waiver</div>
<div><b>${percent(report.detection.score)}</b>of ${plural(report.detection.planted, 'planted fault')} seen</div>
</div>
<p class="soft">${boundLine(report)}.</p>
<nav aria-label="Sections"><a href="#signatures">Differences</a><a href="#routes">Routes</a>${report.effects && html`<a href="#effects">Effects</a>`}${report.probes && html`<a href="#probes">Probes</a>`}<a href="#explained">Explained</a>${report.latency && html`<a href="#latency">Latency</a>`}<a href="#missing">Not compared</a><a href="#evidence">Can this run see?</a><a href="#sides">What ran</a></nav>
</header>
<main>
${signaturesSection(report)}
${routesSection(report)}
${effectsSection(report)}
${probesSection(report)}
${explainedSection(report)}
${latencySection(report)}
${missingSection(report)}
${calibrationSection(report)}
${sidesSection(report)}
</main>
</body>
</html>
`.text;
}

/** The style sheet is ours and holds `>` selectors, which escaping would break. */
const trusted = new Markup(STYLE);
