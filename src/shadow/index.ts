export { type GivenSide, type Launched, launchSides } from './launch.ts';
export { readLimits } from './limits.ts';
export { type Recording, type RecordOptions, startRecording } from './record/index.ts';
export type { RouteShape } from './routes.ts';
export { RULES } from './rules.ts';
export { type RunOptions, runId, runShadow } from './run.ts';
export type { LiveSide, Sides } from './side.ts';
export { listSources, type ReadContext, readTraffic, type Traffic, type TrafficSource } from './sources.ts';
export { readWaivers } from './waivers.ts';
