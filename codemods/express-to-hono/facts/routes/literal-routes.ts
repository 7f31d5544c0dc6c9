import type { Element } from '../../state/worlds.ts';

/** Whether each route that goes to Hono is one by itself, with a method: no router, no prefix. */
export const areSingle = (taken: readonly Element[]): boolean =>
  taken.every(
    ({ patterns, prefix, isElsewhere, mount }) =>
      prefix === null &&
      mount === null &&
      !isElsewhere &&
      patterns.every((each) => each !== null && !each.below && each.method !== null),
  );

const LITERAL = /^(?:\/[\w.~-]+)*\/?$/;

/** Whether none of them has a parameter: there is one way to spell each. */
export const areLiteral = (taken: readonly Element[]): boolean =>
  taken.every(({ patterns }) => patterns.every((each) => each !== null && LITERAL.test(each.path)));
