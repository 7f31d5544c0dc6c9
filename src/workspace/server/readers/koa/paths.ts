import { pathSource } from '../pattern.ts';

/**
 * A path of Koa's router in the notation that Express and Hono share. Source: path-to-regexp 6 (`@koa/router` up to 13:
 * `(.*)`, `:id?`) and 8 (from 14: `*name`, `{/:id}`).
 */
export const koaTemplate = (written: string): string =>
  pathSource(written)
    .replace(/\/?:(\w+)\(\.[*+]\)/g, '/*$1')
    .replace(/\(\.[*+]\)/g, '*');
