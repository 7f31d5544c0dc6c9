/** What handlers find with `c.get(…)`, and who leaves it there. */
export type Variables = {
};

export type AppEnv = { Variables: Variables };
