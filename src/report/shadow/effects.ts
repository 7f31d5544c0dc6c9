import type { EffectCount } from '../../model/effects.ts';
import type { RunReport } from '../../model/verdict.ts';
import { plural } from '../format.ts';
import type { Io } from '../io.ts';
import { escapeMarkdown, inlineCode, row } from '../markdown-text.ts';

/** `files 3 → 3`; what was not looked at is a dash. */
export const effectCount = ({ what, old, new: next }: EffectCount): string =>
  `${what} ${old ?? '–'} → ${next ?? '–'}`;

/** What both sides did beside answering, in a few lines; nothing where nobody watched. */
export function printEffects(io: Io, { effects, state }: RunReport): void {
  if (state)
    io.line(
      `state        ${plural(state.files, 'file')} from ${state.source}, ${state.differs === null ? `the same on every side (${state.old.slice(0, 12)})` : `not the same: ${state.differs}`}`,
    );
  if (!effects) return;
  const counts = effects.counts.filter(({ old, new: next }) => (old ?? 0) + (next ?? 0) > 0).map(effectCount);
  io.line(
    `effects      ${counts.join(' · ') || 'none on either side'}${counts.length > 0 ? `: ${effects.same} the same, ${effects.explained} explained, ${effects.different} different` : ''}`,
  );
  for (const text of effects.mapped) io.line(`             ${text}`);
  for (const text of effects.notObserved) io.line(`             ${io.colors.dim(`not observed: ${text}`)}`);
}

/** What was probed, in a few lines; those that differ are among the differences. */
export function printProbes(io: Io, { probes }: RunReport): void {
  if (!probes) return;
  const same = probes.rows.filter(({ state }) => state === 'same').length;
  io.line(
    `probes       ${plural(probes.rows.length, 'probe')} (${probes.classes.join(', ')}): ${same} the same, ${probes.different} different`,
  );
  for (const text of probes.notObserved) io.line(`             ${io.colors.dim(`not observed: ${text}`)}`);
}

/** Probes for a pull request. */
export function probesMarkdown({ probes }: RunReport): string[] {
  if (!probes) return [];
  return [
    '',
    row('Probe', 'State', 'Old', 'New'),
    row('---', '---', '---', '---'),
    ...probes.rows.map((one) =>
      row(
        inlineCode(`${one.class}/${one.name}`),
        one.state,
        escapeMarkdown(one.old),
        escapeMarkdown(one.new),
      ),
    ),
    ...probes.notObserved.map((text) => `\nNot observed: ${escapeMarkdown(text)}.`),
  ];
}

/** The same for a pull request. */
export function effectsMarkdown({ effects, state }: RunReport): string[] {
  if (!effects) return [];
  const shown = effects.rows.filter(({ state: is }) => is !== 'same');
  return [
    '',
    `Effects: ${effects.counts.map(effectCount).join(', ')}; ${effects.same} the same, ${effects.explained} explained, ${effects.different} different.${state ? ` Both sides began with the same state: ${state.differs === null ? 'yes' : 'no'}.` : ''}`,
    ...effects.mapped.map((text) => `- ${escapeMarkdown(text)}`),
    ...effects.notObserved.map((text) => `- not observed: ${escapeMarkdown(text)}`),
    ...(shown.length === 0
      ? []
      : [
          '',
          row('Effect', 'State', 'Old', 'New'),
          row('---', '---', '---', '---'),
          ...shown.map((one) =>
            row(
              inlineCode(one.place),
              one.state,
              escapeMarkdown(one.old ?? '–'),
              escapeMarkdown(one.new ?? '–'),
            ),
          ),
        ]),
  ];
}
