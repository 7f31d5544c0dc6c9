import { readdir } from 'node:fs/promises';
import type { DependencyProbe } from '../../model/dependency-probe.ts';
import { askSurely } from '../ask.ts';
import type { Driver, ServiceKind } from '../driver.ts';
import type { Host, Service } from '../host.ts';
import { steady } from '../words.ts';
import { driverProgram } from './programs.ts';
import { KINDS } from './services.ts';

/** Connecting again may take as long as a driver waits between two tries. */
const LIMIT_MS = 25_000;
const CONNECT_MS = 10_000;

/** Where drivers run: the target, and Node, which takes away what they made. */
export interface DriverGround {
  dir: string;
  host: Host;
  isWorker: boolean;
  reference: Host;
  /** Addresses by ways that can be cut. */
  services: Partial<Record<ServiceKind, string>>;
  /** What is made is called so. */
  own: string;
  /** What is installed in the folder. */
  has(name: string): boolean;
  places: readonly string[];
}

let found: Promise<Map<string, { file: string; driver: Driver }>> | undefined;

/** Every driver there is, by its package. */
export function listDrivers(): Promise<Map<string, { file: string; driver: Driver }>> {
  found ??= read();
  return found;
}

async function read() {
  const folder = new URL('../drivers/', import.meta.url);
  const names = (await readdir(folder)).filter((name) => /(?<!\.d)\.(ts|js)$/.test(name)).sort();
  const all = await Promise.all(
    names.map(async (name) => {
      const { default: driver } = (await import(new URL(name, folder).href)) as { default: Driver };
      return [driver.package, { file: name.replace(/\.(ts|js)$/, ''), driver }] as const;
    }),
  );
  return new Map(all);
}

/** Does with one package what is known to be done with its servers. */
export async function probeDriver(
  name: string,
  ground: DriverGround,
): Promise<Pick<DependencyProbe, 'drivers' | 'notChecked'>> {
  const listed = (await listDrivers()).get(name);
  if (!listed) return { drivers: [], notChecked: [] };
  const { file, driver } = listed;
  const drivers: DependencyProbe['drivers'] = [];
  const notChecked: string[] = [];
  for (const kind of driver.services) {
    const { title, flag } = KINDS[kind];
    const needed = driver.beside[kind];
    if (needed !== undefined && !ground.has(needed)) continue;
    const service = ground.services[kind];
    if (service === undefined) {
      notChecked.push(`what it does with a real ${title}: no address of one was given (${flag})`);
      continue;
    }
    const given = { service, own: ground.own };
    const checks = await probeService(ground, file, driver, given);
    const failing = checks.filter(({ level }) => level !== 'works').map(({ what }) => what);
    const onNode = await failingOnNode(ground, file, driver, given, failing);
    for (const what of onNode) notChecked.push(`${title}, ${what}: it does not work on Node either`);
    if (failing.includes('connect')) notChecked.push(`${title}: what comes after connecting`);
    const own = checks.filter(({ what }) => !onNode.includes(what));
    if (own.length > 0) drivers.push({ service: title, checks: own });
  }
  return { drivers, notChecked };
}

/** Of what failed, that which fails on Node, too: it says nothing of the target. */
async function failingOnNode(
  { dir, reference }: DriverGround,
  file: string,
  { load, subject }: Driver,
  given: Service,
  failing: readonly string[],
): Promise<string[]> {
  const names = failing.filter((name) => name in subject.checks);
  if (names.length === 0) return [];
  const program = await driverProgram({ dir, isWorker: false }, file, load);
  const { unloadable, answers } = await askSurely(reference, program, names, {
    ...given,
    limitMs: failing.includes('connect') ? CONNECT_MS : LIMIT_MS,
  });
  if (unloadable !== null) return names;
  return answers.filter(({ level }) => level !== 'works').map(({ check }) => check);
}

async function probeService(
  { dir, host, isWorker, reference, places }: DriverGround,
  file: string,
  { load, subject }: Driver,
  service: Service,
): Promise<DependencyProbe['drivers'][number]['checks']> {
  const names = Object.keys(subject.checks).filter((name) => !['connect', 'remove'].includes(name));
  let isConnected = false;
  const said = (saw: string) => steady(saw.replaceAll(service.own, 'NAME'), places);
  try {
    const program = await driverProgram({ dir, isWorker }, file, load);
    const connecting = await askSurely(host, program, ['connect'], { ...service, limitMs: CONNECT_MS });
    if (connecting.unloadable !== null)
      return [{ what: 'load', level: 'throws', saw: said(connecting.unloadable) }];
    // One that does not connect would wait for everything else in vain.
    isConnected = connecting.answers.every(({ level }) => level === 'works');
    const rest = isConnected
      ? await askSurely(host, program, names, { ...service, limitMs: LIMIT_MS })
      : { answers: [] };
    return [...connecting.answers, ...rest.answers].map(({ check, level, saw }) => ({
      what: check,
      level: level === 'member-missing' ? 'throws' : level,
      saw: said(saw),
    }));
  } catch (error) {
    return [
      { what: 'load', level: 'throws', saw: said(error instanceof Error ? error.message : String(error)) },
    ];
  } finally {
    if (isConnected)
      await reference.ask(
        await driverProgram({ dir, isWorker: false }, file, load),
        ['remove'],
        LIMIT_MS,
        service,
      );
  }
}
