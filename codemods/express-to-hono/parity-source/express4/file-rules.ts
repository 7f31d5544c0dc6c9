import type { Context } from 'hono';

/** Express 4 tags a file unless the options say otherwise. */
export const tagsFile = (_c: Context, asked: boolean | undefined): boolean | undefined => asked;
