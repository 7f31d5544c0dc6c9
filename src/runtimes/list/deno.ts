import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import semver from 'semver';
import type { Runtime } from '../contract.ts';
import { namedEnvFiles } from '../launch/env-files.ts';
import { appEnvironment } from '../launch/environment.ts';
import { fileOf, takenOver, withoutCompilers } from '../launch/preloads.ts';

const CPU: Record<string, string> = { x64: 'x64', arm64: 'arm64' };

/** Deno knows `--preload` from here on. Source: deno.com/blog/v2.4; measured with 2.9.6. */
const PRELOADS = '>=2.4';

const deno: Runtime = {
  name: 'deno',
  title: 'Deno',
  description: 'V8 with Web APIs, permissions and Node compatibility; runs TypeScript.',
  homepage: 'https://deno.com',
  rangeKind: 'version',
  listed: ['deno'],
  limits: [
    {
      what: 'CommonJS in .js files runs only where package.json says "type": "commonjs", or with --unstable-detect-cjs.',
      source: 'measured on Deno 2.9.6',
      asOf: '2026-11-23',
    },
  ],
  source({ os, cpu, libc }) {
    const machine = CPU[cpu];
    if (!machine || !['linux', 'darwin', 'win32'].includes(os))
      return `Deno has no build for ${os} on ${cpu}.`;
    if (libc === 'musl') return 'Deno has no build for musl (Alpine): use a glibc image.';
    return {
      packages: [{ name: `@deno/${os}-${machine}${libc ? `-${libc}` : ''}` }],
      executable: os === 'win32' ? 'deno.exe' : 'deno',
    };
  },
  satisfies: (version, range) => semver.satisfies(version, range ?? '*'),
  versionArgs: ['--version'],
  plainArgs: ['run', '--allow-all', '--no-prompt', '--no-lock', '--node-modules-dir=manual', '--cached-only'],
  onPath: { program: 'deno', probe: ['eval', 'console.log(Deno.version.deno + "\\n" + Deno.execPath())'] },
  // Measured with 2.9.6 on 2026-11-23: fetch, node:http and agents made by hand all go through HTTP_PROXY.
  egressLimit: () => null,
  async command(runtime, request) {
    // A file named .cjs loads such ones, too.
    const detect = /\.c?jsx?$/.test(request.entry) && !(await statesModuleType(request.dir, request.entry));
    const envFiles = namedEnvFiles(request);
    const preloads = semver.satisfies(runtime.version, PRELOADS) && [
      request.listenHook,
      ...(request.preload ? [request.preload] : []),
      ...withoutCompilers(request.script).map(({ module }) => fileOf(module, request)),
    ];
    return {
      program: runtime.binary,
      args: [
        ...['run', ...(request.permissions ?? ['--allow-all'])],
        ...['--no-prompt', '--no-lock', '--node-modules-dir=manual', '--cached-only'],
        ...(detect ? ['--unstable-detect-cjs'] : []),
        ...envFiles.map((file) => `--env-file=${file}`),
        ...(preloads ? preloads.flatMap((file) => ['--preload', file]) : []),
        ...[request.entry, ...(request.args ?? [])],
      ],
      env: appEnvironment(request, { DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' }),
      cwd: request.dir,
      notes: [
        ...takenOver(request),
        ...(detect
          ? [
              'Deno was started with --unstable-detect-cjs, because package.json has no "type": say "commonjs" or "module" there.',
            ]
          : []),
      ],
      envFiles,
    };
  },
};

/** Whether the package.json nearest to the entry has a `type`. */
async function statesModuleType(dir: string, entry: string): Promise<boolean> {
  for (let folder = dirname(resolve(dir, entry)); ; folder = dirname(folder)) {
    try {
      return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')).type !== undefined;
    } catch {
      if (folder === dirname(folder)) return false;
    }
  }
}

export default deno;
