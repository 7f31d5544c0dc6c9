import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { MigrateError } from '../../model/errors.ts';
import type { ProvisionedRuntime, StartCommand, StartRequest } from '../contract.ts';
import { appEnvironment } from '../launch/environment.ts';
import { scriptText } from '../launch/script.ts';
import { type AdditionalModule, additionalModules } from './additional-modules.ts';
import { bundleWorker } from './bundle.ts';
import { tooLarge } from './bundle-size.ts';
import { compatibility, dateOf } from './compatibility.ts';
import { controlFile } from './stored.ts';
import { readWranglerFile, type WranglerFile } from './wrangler-file.ts';

/** What the host program is told, as JSON. */
export interface HostConfig {
  miniflare: string;
  script: string;
  modules: AdditionalModule[];
  options: Record<string, unknown>;
  /** The file to write the way to ask for stored objects into. */
  control: string;
  egress?: string;
}

/** Bundles the application and gives the command that runs it in workerd through Miniflare, with its bindings. */
export async function startWorker(runtime: ProvisionedRuntime, request: StartRequest): Promise<StartCommand> {
  if (!runtime.home)
    throw new MigrateError('NOT_CACHED', 'Workers run from the cache only: install `workers` first.');
  const config = await readWranglerFile(request.dir);
  const identity = identityFor(runtime, config);
  const folder = request.buildFolder ?? request.runFolder;
  await mkdir(folder, { recursive: true });
  const script = await bundleWorker(request.dir, request.entry, folder, config ?? {});
  const state = request.stateFolder;
  const host: HostConfig = {
    miniflare: createRequire(join(runtime.home, 'package.json')).resolve('miniflare'),
    script,
    modules: await additionalModules(request.dir, request.entry, config),
    control: controlFile(request.runFolder),
    ...(request.egress !== undefined && { egress: request.egress }),
    options: {
      ...{ host: request.host, port: request.port, cf: false, telemetry: { enabled: false } },
      ...identity.options,
      ...resources(request, config),
      ...(state
        ? { r2Persist: join(state, 'r2'), kvPersist: join(state, 'kv'), d1Persist: join(state, 'd1') }
        : {}),
    },
  };
  await rm(host.control, { force: true });
  const [program, settings] = [join(folder, 'host.mjs'), join(folder, 'host.json')];
  await writeFile(program, await scriptText('host-program', import.meta.url));
  await writeFile(settings, JSON.stringify(host, null, 2));
  return {
    program: process.execPath,
    args: [program, settings],
    env: appEnvironment(
      { ...request, env: {}, egress: undefined, temporary: undefined },
      { MINIFLARE_WORKERD_PATH: runtime.binary, NO_COLOR: '1' },
    ),
    cwd: request.dir,
    notes: [...identity.notes, ...(await tooLarge(script))],
    runtime: identity.runtime,
  };
}

/** The date that was asked for, else the application's own, else the newest; the flags are the application's. */
function identityFor(runtime: ProvisionedRuntime, config: WranglerFile | null) {
  const newest = dateOf(runtime.version);
  const own = runtime.spec.range === undefined ? config?.compatibility_date : undefined;
  if (own && own > newest) {
    throw new MigrateError(
      'UNKNOWN_VERSION',
      `${config?.path} asks for ${own}, and workerd ${runtime.version} supports dates up to ${newest}.`,
      {
        hint: `Run \`migrate runtimes install workers@${own}\`.`,
      },
    );
  }
  const options = compatibility(own ?? runtime.compatibilityDate ?? newest, config?.compatibility_flags);
  const notes = own ? [`The compatibility date is ${own}, from ${config?.path}.`] : [];
  return { options, notes, runtime: { ...runtime, ...options } };
}

function resources({ bindings = {}, env = {}, port, host }: StartRequest, config: WranglerFile | null) {
  const names = (given: string[] = [], own: { binding: string }[] = []) => [
    ...new Set([...own.map(({ binding }) => binding), ...given]),
  ];
  const given = Object.entries(env).filter(([, value]) => value !== undefined);
  return {
    r2Buckets: names(bindings.r2, config?.r2_buckets),
    kvNamespaces: names(bindings.kv, config?.kv_namespaces),
    d1Databases: names(bindings.d1, config?.d1_databases),
    bindings: {
      PORT: String(port),
      HOST: host,
      ...config?.vars,
      ...bindings.vars,
      ...Object.fromEntries(given),
    },
  };
}
