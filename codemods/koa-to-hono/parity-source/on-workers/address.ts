/** The address of the client, as the network in front of a Worker tells it. */
import type { Context } from 'hono';

/** Its text, or an empty one. */
export const addressOf = (c: Context): string => c.req.header('CF-Connecting-IP') ?? '';
