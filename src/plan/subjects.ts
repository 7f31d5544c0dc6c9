import type { Inventory, Route } from '../model/inventory.ts';
import type { Location } from '../model/location.ts';

/** A fact in the form the incompatibility table is matched against. */
export type Subject = { location: Location | null } & (
  | { kind: 'package'; name: string; version: string | null }
  | { kind: 'builtin'; name: string; member: string | null }
  | { kind: 'flag'; name: string }
  | { kind: 'need'; name: string; need: string }
  | { kind: 'modules'; name: 'undeclared-commonjs' }
  | { kind: 'addon'; name: string; abi: string | null; version: string | null }
  | { kind: 'framework'; name: string }
);

const bare = (module: string): string => module.replace(/^node:/, '');

/** What the application as a whole gives the table: production code and dependencies only. */
export function applicationSubjects(inventory: Inventory): Subject[] {
  const subjects: Subject[] = [];
  for (const item of inventory.dependencies) {
    if (item.kind !== 'production' && item.kind !== 'optional') continue;
    const version = item.installed ?? item.locked ?? item.declared;
    subjects.push({ kind: 'package', name: item.name, version, location: item.location });
  }
  for (const use of inventory.builtins) {
    if (use.reach !== 'production') continue;
    subjects.push({ kind: 'builtin', name: bare(use.module), member: use.member, location: use.location });
  }
  for (const addon of inventory.nativeAddons) {
    const dependency = inventory.dependencies.find((item) => item.name === addon.package);
    if (dependency?.kind === 'dev') continue;
    const version = addon.installed ?? addon.locked ?? addon.declared;
    subjects.push({ kind: 'addon', name: addon.package, abi: addon.abi, version, location: addon.location });
  }
  for (const item of inventory.frameworks) {
    subjects.push({ kind: 'framework', name: item.package, location: item.location });
  }
  for (const script of inventory.scripts.filter((item) => item.kind === 'production')) {
    for (const flag of script.runtimeFlags)
      subjects.push({ kind: 'flag', name: flagName(flag), location: script.location });
  }
  for (const item of inventory.deployment.filter(({ kind }) => kind === 'command')) {
    for (const flag of item.value.match(/(?<=\s)--?[a-z][\w-]*/g) ?? []) {
      subjects.push({ kind: 'flag', name: flag, location: item.location });
    }
  }
  for (const item of inventory.middleware) {
    if (item.package === 'express' && item.member === 'static') {
      subjects.push({ kind: 'need', need: 'static', name: 'express.static', location: item.location });
    }
  }
  for (const need of uniqueNeeds(inventory.routes)) subjects.push(need);
  const { declared, firstCommonjs } = inventory.moduleSystem;
  if (declared === null && firstCommonjs !== null)
    subjects.push({ kind: 'modules', name: 'undeclared-commonjs', location: firstCommonjs });
  return subjects;
}

/** What one route gives the table. */
export function routeSubjects(route: Route, inventory: Inventory): Subject[] {
  return route.needs.map((need): Subject => {
    const { location, name } = need;
    if (need.kind === 'builtin') return { kind: 'builtin', name: bare(name), member: need.member, location };
    if (need.kind !== 'package') return { kind: 'need', need: need.kind, name, location };
    const addon = inventory.nativeAddons.find((item) => item.package === name);
    if (addon) return { kind: 'addon', name, abi: addon.abi, version: addon.installed, location };
    const dependency = inventory.dependencies.find((item) => item.name === name);
    const version = dependency ? (dependency.installed ?? dependency.locked ?? dependency.declared) : null;
    return { kind: 'package', name, version, location };
  });
}

function uniqueNeeds(routes: readonly Route[]): Subject[] {
  const found = new Map<string, Subject>();
  for (const need of routes.flatMap((route) => route.needs)) {
    if (need.kind !== 'state' && need.kind !== 'static') continue;
    found.set(`${need.kind} ${need.name}`, {
      kind: 'need',
      need: need.kind,
      name: need.name,
      location: need.location,
    });
  }
  return [...found.values()];
}

const flagName = (flag: string): string => flag.split(/[\s=]/)[0] ?? flag;
