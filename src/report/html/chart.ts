import { html, type Markup } from './escape.ts';

/** One line of a chart. `name` is its class and the word at its end. */
export interface Line {
  name: 'old' | 'again' | 'new';
  points: readonly (readonly [x: number, y: number])[];
}

export interface Chart {
  /** What a reader who does not see it is told. */
  title: string;
  lines: readonly Line[];
  x: Axis;
  y: Axis;
}

interface Axis {
  label: string;
  /** Text of a tick. */
  tick(value: number): string;
  /** Ticks in equal ratios instead of equal steps. */
  log?: boolean;
  /** Both ends; those of the data where absent. */
  range?: readonly [number, number];
}

const WIDTH = 720;
const HEIGHT = 260;
const EDGE = { left: 64, right: 56, top: 12, bottom: 40 };
const TICKS = 5;

/**
 * Lines as inline SVG: no script, colours by the style sheet, so that it is readable in the dark as in the light. Lines
 * differ in their dashes too. A table with the same numbers belongs beside it.
 */
export function lineChart({ title, lines, x, y }: Chart): Markup {
  const all = lines.flatMap(({ points }) => points);
  if (all.length < 2) return html`<p class="soft">Too few points for a chart.</p>`;
  const across = scale(
    x,
    all.map((point) => point[0]),
    [EDGE.left, WIDTH - EDGE.right],
  );
  const up = scale(
    y,
    all.map((point) => point[1]),
    [HEIGHT - EDGE.bottom, EDGE.top],
  );
  const at = (value: number) => value.toFixed(1);
  return html`<figure><svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">
${up.ticks.map(
  (
    value,
  ) => html`<line class="grid" x1="${EDGE.left}" x2="${WIDTH - EDGE.right}" y1="${at(up.of(value))}" y2="${at(up.of(value))}"/>
<text x="${EDGE.left - 8}" y="${at(up.of(value) + 4)}" text-anchor="end">${y.tick(value)}</text>`,
)}
${across.ticks.map(
  (value) =>
    html`<text x="${at(across.of(value))}" y="${HEIGHT - EDGE.bottom + 18}" text-anchor="middle">${x.tick(value)}</text>`,
)}
<text x="${(EDGE.left + WIDTH - EDGE.right) / 2}" y="${HEIGHT - 4}" text-anchor="middle">${x.label}</text>
<text x="14" y="${(HEIGHT - EDGE.bottom) / 2}" text-anchor="middle" transform="rotate(-90 14 ${(HEIGHT - EDGE.bottom) / 2})">${y.label}</text>
${lines.map(({ name, points }) => {
  const path = points.map(([px, py]) => `${at(across.of(px))},${at(up.of(py))}`).join(' ');
  return html`<polyline class="line-${name}" points="${path}"/>`;
})}
${labels(lines, (point) => up.of(point[1])).map(
  ({ name, y: height }) =>
    html`<text class="text-${name}" x="${WIDTH - EDGE.right + 6}" y="${at(height + 4)}">${name}</text>`,
)}
</svg><figcaption class="soft">${title}</figcaption></figure>`;
}

/** Names at the ends of their lines, moved apart where they would lie on each other. */
function labels(
  lines: readonly Line[],
  height: (point: readonly [number, number]) => number,
): { name: string; y: number }[] {
  const out = lines
    .flatMap(({ name, points }) => {
      const last = points.at(-1);
      return last ? [{ name, y: height(last) }] : [];
    })
    .sort((a, b) => a.y - b.y);
  for (const [i, one] of out.entries()) {
    const above = out[i - 1];
    if (above) one.y = Math.max(one.y, above.y + 15);
  }
  return out;
}

function scale(axis: Axis, values: readonly number[], [from, to]: readonly [number, number]) {
  const [least, most] = axis.range ?? [Math.min(...values), Math.max(...values)];
  const bend = axis.log ? (value: number) => Math.log(Math.max(value, 1e-6)) : (value: number) => value;
  const [low, high] = [bend(least), bend(most)];
  const span = high - low || 1;
  const of = (value: number) => from + ((bend(value) - low) / span) * (to - from);
  const ticks = Array.from({ length: TICKS }, (_, i) => {
    const value = low + (span * i) / (TICKS - 1);
    return axis.log ? Math.exp(value) : value;
  });
  return { of, ticks };
}
