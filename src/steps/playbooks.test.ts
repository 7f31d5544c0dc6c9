import { expect, it } from 'vitest';
import { codemodIds } from '../codemod/registry.ts';
import { loadPlaybooks } from '../plan/playbooks.ts';
import { listShipped } from '../workspace/shipped.ts';
import { playbookActions } from './kinds.ts';

const books = loadPlaybooks('/nowhere', await playbookActions());
const steps = books.flatMap(({ id, steps: own }) =>
  own.map((step) => ({ ...step, name: `${id}/${step.id}` })),
);

it('the shipped stages are there, each with steps', () => {
  expect(books.map(({ file }) => file).sort()).toEqual(listShipped().toSorted());
  expect(steps.length).toBeGreaterThan(25);
});

it('only what a person must do is asked: a deployment, what monitoring shows, and traffic that is shifted', () => {
  const asked = steps.filter(({ actions }) => actions.every((action) => action.do === 'ask'));
  expect(asked.map(({ name }) => name)).toEqual([
    ...['edge-layer/route', 'full-switch/production', 'full-switch/shift'],
  ]);
});

it('every codemod that a step runs is there, and every step that changes files says how it is taken back', async () => {
  const ids = await codemodIds();
  for (const { name, actions, check, rollback } of steps) {
    for (const action of actions as { do: string; id?: string }[])
      if (action.do === 'codemod') expect(ids, name).toContain(action.id);
    if (check.length > 0 && actions.some((each) => /^(?:codemod|config|deno-permissions)$/.test(each.do)))
      expect(rollback, name).toBe(`migrate undo ${name}`);
  }
});
