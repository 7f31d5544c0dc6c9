import { compareAnswers } from '../compare/index.ts';
import { activeRules, explain } from '../judging/explain.ts';
import { bijection } from '../judging/bijection.ts';
import { pair, type Sketch } from './answers.ts';

/** What is left after the rules, as `kind location`. */
export function unexplained(
  old: Sketch,
  next: Sketch,
  {
    method = 'GET',
    varies = false,
    runtimes = { old: 'node', new: 'bun' },
    allow = [] as string[],
    waived = '',
    minutes = 0,
  } = {},
) {
  const given = pair(old, next, method);
  const context = {
    ...{
      method,
      path: '/',
      old: given.old.view,
      new: given.new.view,
      runtimes,
      ids: bijection(),
      clockBudgetMs: 10_000,
      since: Date.now() - minutes * 60_000,
    },
    varies: () => ({ again: varies, recorded: varies }),
  };
  const { open } = explain(
    compareAnswers(given),
    activeRules(runtimes, allow),
    context,
    ({ location }) => location === waived,
  );
  return open.map(({ kind, location }) => `${kind} ${location}`);
}

