export { type Collector, startCollector } from './collector.ts';
export { ownVariables } from './environment.ts';
export { type ObserveOptions, observe } from './observe.ts';
