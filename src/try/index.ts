export { readEnvFiles } from './starting/prepare.ts';
export { hasBaseline, tryOut } from './try-out.ts';
export { type Way, waysOf } from './ways.ts';
