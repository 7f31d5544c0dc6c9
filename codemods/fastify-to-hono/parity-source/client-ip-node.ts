// The address of a client.
import { getConnInfo } from '@hono/node-server/conninfo';
import type { AppContext } from './types.ts';

export const ipOf = (c: AppContext): string => getConnInfo(c).remote.address ?? '';
