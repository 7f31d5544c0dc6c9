/** The report's only style sheet: light and dark, no font or image to load. Colour marks state, nothing else. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#5b6470;--line:#d9dee4;--ground:#fff;--raised:#f6f8fa;
--good:#1a7f37;--bad:#b42318;--warn:#8a5a00;--focus:#0550ae;--old:#0550ae;--new:#9a3412}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ed;--soft:#9aa5b1;--line:#343b44;--ground:#14171b;--raised:#1d2127;
--good:#57c27a;--bad:#ff8a80;--warn:#e3b341;--focus:#79b8ff;--old:#79b8ff;--new:#ffa657}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:72rem;padding:2rem 1.25rem 4rem;background:var(--ground);color:var(--ink);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
h1{font-size:1.1rem;margin:0;color:var(--soft);font-weight:500}
h2{font-size:1.15rem;margin:2.5rem 0 .75rem}
p{margin:.4rem 0}
body{overflow-wrap:break-word}
summary>*,.pair>*,.facts>*{min-width:0}
.verdict{font-size:2.6rem;font-weight:700;line-height:1.2;margin:.25rem 0}
.PASS,.same,.used{color:var(--good)}.FAIL,.different,.breaking{color:var(--bad)}
.INCONCLUSIVE,.INVALID,.uncovered,.not-compared,.changed,.dead,.expired{color:var(--warn)}
.soft,.cosmetic,.cannot-run{color:var(--soft)}
code,pre,.mono{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
table{border-collapse:collapse;width:100%}
.scroll{overflow-x:auto}
th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line)}
th{font-weight:600;color:var(--soft);font-size:.85rem}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
details{border:1px solid var(--line);border-radius:8px;margin:.6rem 0;background:var(--raised)}
summary{padding:.6rem .9rem;cursor:pointer;display:flex;gap:.9rem;align-items:baseline;flex-wrap:wrap}
summary::marker{content:""}
summary:before{content:"▸";color:var(--soft)}
details[open]>summary:before{content:"▾"}
summary:focus-visible,a:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
details>div{padding:0 .9rem .9rem}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:.75rem}
@media (max-width:44rem){.pair{grid-template-columns:1fr}.verdict{font-size:2rem}}
pre{margin:.25rem 0 .75rem;padding:.6rem .75rem;background:var(--ground);border:1px solid var(--line);border-radius:6px;
white-space:pre-wrap;overflow-wrap:anywhere;max-height:22rem;overflow:auto}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(10rem,1fr));gap:.75rem;margin:1rem 0}
.facts div{border-left:3px solid var(--line);padding-left:.75rem}
.facts b{display:block;font-size:1.35rem;font-variant-numeric:tabular-nums}
figure{margin:.75rem 0}
.chart{width:100%;height:auto;display:block}
.chart text{font:12px system-ui,sans-serif;fill:var(--soft)}
.chart .grid{stroke:var(--line)}
.chart polyline{fill:none;stroke-width:2}
.chart .line-old{stroke:var(--old)}.chart .line-again{stroke:var(--old);stroke-dasharray:2 4;opacity:.8}.chart .line-new{stroke:var(--new);stroke-dasharray:9 3}
.chart .text-old,.chart .text-again{fill:var(--old)}.chart .text-new{fill:var(--new)}
meter{width:4rem;vertical-align:middle}
nav{display:flex;gap:1rem;flex-wrap:wrap;margin-top:1rem}
a{color:var(--focus)}
@media print{details>div{display:block}}
`;
