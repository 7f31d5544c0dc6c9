import type { Inventory, Route, ScriptUse, Sign, Trait } from '../model/inventory.ts';
import type { Location } from '../model/location.ts';

/** A fact in the form that rules are matched against. */
export type Subject = { location: Location | null } & (
  | {
      kind: 'package';
      name: string;
      version: string | null;
      member: string | null;
      /** No file of the application imports it itself; another package may. */
      indirect?: boolean;
    }
  /** There is something that starts, answers or is called. */
  | { kind: 'application'; name: 'application' }
  | { kind: 'builtin'; name: string; member: string | null; unused?: true }
  | { kind: 'flag'; name: string }
  | { kind: 'need'; name: string; need: string }
  | { kind: 'modules'; name: 'undeclared-commonjs' }
  | {
      kind: 'addon';
      name: string;
      abi: string | null;
      version: string | null;
      brought?: boolean;
      indirect?: boolean;
    }
  /** A program that a script runs. */
  | { kind: 'program'; name: string }
  | { kind: 'framework'; name: string }
  | { kind: 'trait'; name: string; trait: Trait['kind'] }
  | { kind: 'sign'; name: string; sign: Sign['kind'] }
  | { kind: 'variable'; name: string }
  | { kind: 'seen'; name: string; seen: string }
  | { kind: 'manager'; name: string; workspaces: boolean }
);

const bare = (module: string): string => module.replace(/^node:/, '');

/** What the application as a whole gives the rules: production code and dependencies only. */
export function applicationSubjects(inventory: Inventory): Subject[] {
  const subjects: Subject[] = [];
  const { entryPoints, frameworks, functions, routes } = inventory;
  if ([entryPoints, frameworks, functions, routes].some(({ length }) => length > 0))
    subjects.push({ kind: 'application', name: 'application', location: null });
  const others = onlyInScripts(inventory);
  // What is loaded by a name that is made while the program runs may be any of them.
  const isComputed = inventory.findings.some(({ id }) => /^(?:import|require)-computed$/.test(id));
  for (const item of inventory.dependencies) {
    if (isBeside(inventory, item.location)) continue;
    if (item.kind !== 'production' && item.kind !== 'optional') continue;
    if (others.has(item.name)) continue;
    const version = item.installed ?? item.locked ?? item.declared;
    // An addon is told of once more, below, in the same words.
    const isAddon = inventory.nativeAddons.some((addon) => addon.package === item.name);
    const indirect =
      !isAddon &&
      !isComputed &&
      inventory.applicationPackages?.includes(item.name) === false &&
      !inventory.besidePackages.includes(item.name);
    subjects.push({
      kind: 'package',
      name: item.name,
      version,
      member: null,
      location: item.location,
      indirect,
    });
  }
  for (const use of inventory.builtins) {
    if (use.reach !== 'production' || isAtLoad(use, inventory.traits)) continue;
    subjects.push({
      ...{ kind: 'builtin', name: bare(use.module), member: use.member, location: use.location },
      ...(use.unused && { unused: true as const }),
    });
  }
  for (const addon of inventory.nativeAddons) {
    if (isBeside(inventory, addon.location)) continue;
    const dependency = inventory.dependencies.find((item) => item.name === addon.package);
    if (dependency?.kind === 'dev' || others.has(addon.package)) continue;
    // What a package brings that nothing imports, a compiler as a rule, is not loaded in production.
    const via = addon.signs.map((sign) => /^brought by (.+)$/.exec(sign)?.[1]).find(Boolean);
    if (via !== undefined && inventory.applicationPackages?.includes(via) === false) continue;
    const version = addon.installed ?? addon.locked ?? addon.declared;
    subjects.push({
      ...{ kind: 'addon', name: addon.package, abi: addon.abi, version, location: addon.location },
      ...(via !== undefined && { brought: true }),
      ...(!isComputed &&
        inventory.applicationPackages?.includes(addon.package) === false &&
        !inventory.besidePackages.includes(addon.package) && { indirect: true }),
    });
  }
  for (const item of inventory.frameworks) {
    subjects.push({ kind: 'framework', name: item.package, location: item.location });
  }
  for (const script of inventory.scripts.filter(
    ({ kind, location }) => kind === 'production' && !isBeside(inventory, location),
  )) {
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
  for (const { kind, name, location } of inventory.traits)
    subjects.push({ kind: 'trait', trait: kind, name, location });
  for (const { kind, name, location } of inventory.signs)
    if (!isBeside(inventory, location)) subjects.push({ kind: 'sign', sign: kind, name, location });
  for (const { id: seen, name, places, location } of inventory.findings)
    for (const place of places.length > 0 ? places : [location])
      subjects.push({ kind: 'seen', name, seen, location: place });
  for (const { name, location } of inventory.env) subjects.push({ kind: 'variable', name, location });
  const manager = inventory.packageManager.name;
  if (manager)
    subjects.push({
      ...{ kind: 'manager', name: manager, location: null },
      workspaces: inventory.workspaces.length > 0,
    });
  const { declared, firstCommonjs } = inventory.moduleSystem;
  if (declared === null && firstCommonjs !== null)
    subjects.push({ kind: 'modules', name: 'undeclared-commonjs', location: firstCommonjs });
  return subjects;
}

/** Whether a place is in a package that runs beside the application: in browsers, on devices, by hand. */
const isBeside = ({ beside }: Inventory, place: Location | null): boolean =>
  place !== null && beside.some((folder) => place.file.startsWith(`${folder}/`));

/** Whether a trait says more of the same place: a file read while the modules load is one finding, not two. */
const isAtLoad = ({ location: place }: { location: Location | null }, traits: readonly Trait[]): boolean =>
  traits.some(
    ({ kind, location }) =>
      kind === 'disk-at-load' && location?.file === place?.file && location?.line === place?.line,
  );

/** Packages that scripts import and the application does not: what they block is those scripts. */
function onlyInScripts({ applicationPackages, scriptUses }: Inventory): Set<string> {
  if (applicationPackages === null) return new Set();
  const own = new Set(applicationPackages);
  const used = scriptUses.filter(({ listens }) => listens === null).flatMap(({ packages }) => packages);
  return new Set(used.map(({ name }) => name).filter((name) => !own.has(name)));
}

/** What one package script gives the rules: the packages and builtins behind its files. */
export function scriptSubjects(use: ScriptUse, inventory: Inventory): Subject[] {
  return [
    ...use.packages.map(({ name, location }) => packageSubject(name, location, inventory)),
    ...use.builtins.map(
      ({ module, member, location }): Subject => ({ kind: 'builtin', name: bare(module), member, location }),
    ),
  ];
}

/** A package as the table knows it: an addon where it is one. */
function packageSubject(
  name: string,
  location: Location | null,
  inventory: Inventory,
  member: string | null = null,
): Subject {
  const dependency = inventory.dependencies.find((item) => item.name === name);
  const version = dependency ? (dependency.installed ?? dependency.locked ?? dependency.declared) : null;
  const addon = inventory.nativeAddons.find((item) => item.package === name);
  if (addon) return { kind: 'addon', name, abi: addon.abi, version: addon.installed ?? version, location };
  return { kind: 'package', name, version, member, location };
}

/** What one route gives the rules. */
export function routeSubjects(route: Route, inventory: Inventory): Subject[] {
  return route.needs.map((need): Subject => {
    const { location, name } = need;
    if (need.kind === 'builtin') return { kind: 'builtin', name: bare(name), member: need.member, location };
    if (need.kind !== 'package') return { kind: 'need', need: need.kind, name, location };
    return packageSubject(name, location, inventory, need.member);
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

/** Categories whose advice is about what production loads: what developers alone have is no ground for it. */
export const OF_PRODUCTION: ReadonlySet<string> = new Set(['http', 'mappings', 'storage']);

/** Whether a rule is about tools of developers as well: advice is, but for what production alone loads. */
export const isOfTools = ({ severity, category }: { severity: string; category: string }): boolean =>
  severity === 'advice' && !OF_PRODUCTION.has(category);

/** Packages of developers and flags of any script: no fact about production, but advice is about them, too. */
export function toolSubjects(inventory: Inventory): Subject[] {
  const { dependencies, scripts } = inventory;
  return [
    ...dependencies.flatMap(({ name, kind, installed, locked, declared, location }): Subject[] =>
      kind === 'dev' && !isBeside(inventory, location)
        ? [{ kind: 'package', name, version: installed ?? locked ?? declared, member: null, location }]
        : [],
    ),
    ...scripts.flatMap(({ programs, location }) =>
      isBeside(inventory, location)
        ? []
        : programs.map((name): Subject => ({ kind: 'program', name, location })),
    ),
    ...scripts.flatMap(({ kind, runtimeFlags, location }) =>
      kind === 'production' || isBeside(inventory, location)
        ? []
        : runtimeFlags.map((flag): Subject => ({ kind: 'flag', name: flagName(flag), location })),
    ),
  ];
}
