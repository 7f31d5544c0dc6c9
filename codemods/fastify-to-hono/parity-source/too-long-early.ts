// Before Fastify 5.9 no route is found where a parameter of the path is longer than a parameter may be.
import type { AppContext } from './types.ts';

export const tooLong = (_c: AppContext): Response | undefined => undefined;
