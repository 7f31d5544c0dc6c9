import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/** The address that a request comes from. */
export const remoteAddress = (c: Context): string | undefined => getConnInfo(c).remote.address;
