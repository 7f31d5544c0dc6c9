import type { Context } from 'hono';
import { isTagging } from '../etag.ts';

/** Express 5 tags a file as the setting `etag` says, whatever the options say. */
export const tagsFile = (c: Context, _asked: boolean | undefined): boolean | undefined => isTagging(c);
