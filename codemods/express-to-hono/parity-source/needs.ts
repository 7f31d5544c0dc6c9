/**
 * What an application may need of these functions: `needs.x` stands for one of the names of `state/needs.ts`, and never in what
 * is written: see `parity/fold.ts`.
 */
export const needs = new Proxy({}, { get: () => true }) as Readonly<Record<string, boolean>>;
