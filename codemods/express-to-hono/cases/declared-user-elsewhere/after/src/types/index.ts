export type User = { id: number };
