import type { User } from './types/index';

/** What handlers find with `c.get(…)`, and who leaves it there. */
export type Variables = {
  user?: User;
};

export type AppEnv = { Variables: Variables };
