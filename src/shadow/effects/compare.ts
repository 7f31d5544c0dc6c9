import type { ExchangeResponse } from '../../model/exchange.ts';
import { type OwnStrings, type View, view } from '../answer.ts';
import { compareBody } from '../compare/body.ts';
import { type Found, found } from '../compare/found.ts';
import type { Bijection } from '../judging/bijection.ts';
import { explain } from '../judging/explain.ts';
import type { Rule } from '../judging/rule.ts';
import type { Effect } from './effect.ts';
import { type Matched, match } from './match.ts';

/** One difference between what two sides did, with the rule that explains it, if any. */
export interface EffectFinding {
  matched: Matched;
  found: Found;
  rule?: string;
}

/** What both sides are judged by. */
export interface EffectContext {
  rules: readonly Rule[];
  ids: Bijection;
  clockBudgetMs: number;
  since: number;
  runtimes: { old: string; new: string };
  own: { old: OwnStrings; new: OwnStrings };
  /** Places the old side makes up anew each time. */
  varies(effect: Effect): boolean;
  /** The old side's own repeat of an effect; null when it is not there. */
  repeat(effect: Effect): Effect | null;
}

/** Compares the lists of two sides. Pairs without a finding are the same. */
export function compareEffects(
  old: readonly Effect[],
  next: readonly Effect[],
  context: EffectContext,
): { matched: Matched[]; findings: EffectFinding[] } {
  const matched = match(old, next, context.varies);
  return { matched, findings: matched.flatMap((one) => findingsOf(one, context)) };
}

function findingsOf(matched: Matched, context: EffectContext): EffectFinding[] {
  const { name, old, new: next } = matched;
  if (!next) return [{ matched, found: found('effect-missing', name, describe(old), null) }];
  if (!old) return [{ matched, found: found('effect-added', name, null, describe(next)) }];
  const [before, after] = [old.did === 'deleted', next.did === 'deleted'];
  if (before || after)
    return before === after
      ? []
      : [{ matched, found: found('effect-changed', name, describe(old), describe(next)) }];
  if (old.sha256 === next.sha256) return [];
  if (!old.bytes || !next.bytes)
    return [{ matched, found: found('effect-changed', name, describe(old), describe(next)) }];
  const [a, b] = [contentView(old, context.own.old), contentView(next, context.own.new)];
  const all = compareBody(a, b);
  const { open, explained } = explain(all, context.rules, {
    ...{ method: '', path: '', old: a, new: b, ids: context.ids },
    ...{ clockBudgetMs: context.clockBudgetMs, since: context.since, runtimes: context.runtimes },
    varies: witness(old, a, context),
  });
  const place = (one: Found) =>
    found('effect-changed', `${name} ${one.exact.replace(/^body\.?/, '')}`.trim(), one.old, one.new);
  return [
    ...open.map((one) => ({ matched, found: place(one) })),
    ...explained.map(({ found: one, rule }) => ({ matched, found: place(one), rule })),
  ];
}

/** Whether the old side repeated itself at a place inside a content. */
function witness(old: Effect, seen: View, { repeat, own }: EffectContext) {
  let places: Set<string> | undefined;
  return (exact: string) => {
    if (!places) {
      const other = repeat(old);
      const differing = other?.bytes ? compareBody(seen, contentView(other, own.old)) : [];
      places = new Set(differing.map((one) => one.exact));
    }
    return { again: places.has(exact), recorded: false };
  };
}

/** A content as the body of an answer: compared by what it is. */
function contentView({ bytes, size, sha256 }: Effect, own: OwnStrings): View {
  const body = bytes ?? Buffer.alloc(0);
  const response: ExchangeResponse = {
    ...{ status: 200, reason: '', headers: [], body, size, sha256, ending: 'complete' },
    ...{ chunks: [], headMs: 0, totalMs: 0 },
  };
  return view(response, own);
}

/** What was done, in words: `written, 12 bytes, sha256 0123456789abcdef`. */
export function describe({ told, did, size, sha256 }: Effect): string {
  if (did === 'deleted') return 'deleted';
  const where = told === undefined ? '' : `${told}, `;
  return `${where}${did}, ${size} bytes${size > 0 ? `, sha256 ${sha256.slice(0, 16)}` : ''}`;
}
