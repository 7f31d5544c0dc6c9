import { describe, expect, it } from 'vitest';
import { response } from '../__fixtures__/answers.ts';
import { EXPLAINED, type Explainable } from '../__fixtures__/explained.ts';
import { type Answer, type OwnStrings, view } from '../answer.ts';
import { compareAnswers } from '../compare/index.ts';
import { HIDDEN_FAULTS } from '../faults/hidden.ts';
import { bijection, onTop } from './bijection.ts';
import { activeRules, explain } from './explain.ts';
import { RULES } from './rules.ts';

/** Compares as a run does; `plant` changes the new side's answer. */
function outcome(one: Explainable, plant?: (typeof HIDDEN_FAULTS)[number]) {
  const { method = 'GET', path = '/', varies = false, runtimes = { old: 'node', new: 'bun' }, own } = one;
  const ids = bijection();
  for (const [old, next] of one.known ?? []) ids.pair(old, next);
  const side = (answer: Answer, strings: OwnStrings | undefined) => ({
    answer,
    view: answer.ok ? view(answer.response, strings) : null,
    ...(strings && { own: strings }),
  });
  const old = side({ ok: true, response: response(one.old) }, own?.old);
  const clean = side({ ok: true, response: response(one.new) }, own?.new);
  const scene = { path, varies: () => varies, taken: ids.taken };
  const planted = plant && clean.view ? plant.plant(clean.view, scene) : null;
  if (plant && !planted) return null;
  const next = planted ? side(planted, own?.new) : clean;
  const context = {
    ...{ method, path, runtimes, old: old.view, new: next.view, ids: onTop(ids) },
    ...{ clockBudgetMs: 10_000, since: Date.now() - 60_000 },
    varies: () => ({ again: varies, recorded: varies }),
  };
  const { open, explained } = explain(
    compareAnswers({ method, path, old, new: next }),
    activeRules(runtimes, []),
    context,
  );
  return {
    open: open.map(({ kind, location }) => `${kind} ${location}`),
    rules: explained.map(({ rule }) => rule),
  };
}

describe('each rule explains what it says, and the regressions it could hide are seen', () => {
  it.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
    const examples = EXPLAINED[id] ?? [];
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      expect(outcome(example)?.open).toEqual([]);
      expect(outcome(example)?.rules).toEqual(example.same ? [] : expect.arrayContaining([id]));
    }
    for (const name of rule.hides) {
      const fault = HIDDEN_FAULTS.find((one) => one.id === name);
      const seen = examples.flatMap((example) => outcome(example, fault) ?? []);
      expect([name, seen.length > 0, seen.every(({ open }) => open.length > 0)]).toEqual([name, true, true]);
    }
  });

  it('no regression is planted that no rule names', () => {
    const named = new Set<string>(RULES.flatMap(({ hides }) => hides));
    expect(HIDDEN_FAULTS.map(({ id }) => id).filter((id) => !named.has(id))).toEqual([]);
  });
});
