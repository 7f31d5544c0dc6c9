import { discover } from '../workspace/discover.ts';
import type { Renderer } from './contract.ts';

export type { Renderer, Rendering } from './contract.ts';

/** Every kind of file there is. */
export const renderers = (): Promise<Renderer[]> => discover<Renderer>(new URL('./list/', import.meta.url));
