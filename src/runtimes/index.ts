export type {
  AppExit,
  AppLogs,
  Bindings,
  LaunchOptions,
  ProvisionedRuntime,
  RunningApp,
  Runtime,
  RuntimeLimit,
  RuntimeSpec,
  StoredObject,
} from './contract.ts';
export { findEntry } from './launch/entry.ts';
export { guardMark } from './launch/guard.ts';
export { launchApp } from './launch/launch.ts';
export { scriptText } from './launch/script.ts';
export { readStartScript } from './launch/start-script.ts';
export { cacheFolder } from './provision/cache.ts';
export { installedRuntimes } from './provision/installed.ts';
export { addModules } from './provision/modules.ts';
export { newerRelease, type Release } from './provision/newest.ts';
export { fetchPackages } from './provision/packages.ts';
export { type ProvisionOptions, provisionRuntime } from './provision/provision.ts';
export { surveyRuntimes } from './provision/survey.ts';
export { findRuntime, listRuntimes } from './registry.ts';
export { parseSpec, type Side, splitSide } from './spec.ts';
