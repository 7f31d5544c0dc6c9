export { type CompareOptions, compareScripts } from './compare.ts';
