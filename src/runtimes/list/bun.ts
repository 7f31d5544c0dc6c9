import semver from 'semver';
import { automaticEnvFiles } from '../bun/env-files.ts';
import type { Runtime } from '../contract.ts';
import { namedEnvFiles } from '../launch/env-files.ts';
import { appEnvironment } from '../launch/environment.ts';
import { takenOver, withoutCompilers } from '../launch/preloads.ts';

const OS: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };
const CPU: Record<string, string> = { x64: 'x64', arm64: 'aarch64' };

const bun: Runtime = {
  name: 'bun',
  title: 'Bun',
  description: 'JavaScriptCore with Node compatibility; runs TypeScript, installs and tests quickly.',
  homepage: 'https://bun.sh',
  rangeKind: 'version',
  listed: ['bun'],
  limits: [
    {
      what: 'async_hooks and diagnostics_channel HTTP events never fire, so agents that hook in load but do not see requests.',
      source: 'measured on Bun 1.4.5',
      asOf: '2026-11-23',
    },
    {
      what: 'Error messages are JavaScriptCore’s and differ where an application echoes them.',
      source: 'measured on Bun 1.4.5',
      asOf: '2026-11-23',
    },
  ],
  source({ os, cpu, libc, baseline }) {
    const target = OS[os];
    const machine = CPU[cpu];
    if (!target || !machine) return `Bun has no build for ${os} on ${cpu}.`;
    const build = `${target}-${machine}${libc === 'musl' ? '-musl' : ''}${baseline ? '-baseline' : ''}`;
    return {
      packages: [{ name: `@oven/bun-${build}` }],
      executable: os === 'win32' ? 'bin/bun.exe' : 'bin/bun',
    };
  },
  satisfies: (version, range) => semver.satisfies(version, range ?? '*'),
  versionArgs: ['--version'],
  plainArgs: ['run', '--no-install'],
  onPath: { program: 'bun', probe: ['-e', 'console.log(Bun.version + "\\n" + process.execPath)'] },
  // Measured with 1.4.5 on 2026-11-23: fetch and node:http go through HTTP_PROXY, an agent made by hand does not.
  egressLimit: () => 'outgoing calls with an http.Agent of their own',
  async command(runtime, request) {
    const env = appEnvironment(request, { DO_NOT_TRACK: '1' });
    const named = namedEnvFiles(request);
    const none = request.script?.noEnvFiles === true && named.length === 0;
    const preloads = [
      request.listenHook,
      ...(request.preload ? [request.preload] : []),
      ...withoutCompilers(request.script).map(({ module }) => module),
    ];
    return {
      program: runtime.binary,
      // --no-install keeps Bun from fetching packages that are missing. A file that is named stops its own choice of
      // .env files. Both were measured with 1.2.23 and 1.4.5.
      args: [
        ...['run', '--no-install'],
        ...(none ? [`--env-file=${devNull}`] : named.map((file) => `--env-file=${file}`)),
        ...preloads.map((file) => `--preload=${file}`),
        ...[request.entry, ...(request.args ?? [])],
      ],
      env,
      cwd: request.dir,
      notes: takenOver(request),
      envFiles: none ? [] : named.length > 0 ? named : automaticEnvFiles(request.dir, env),
    };
  },
};

const devNull = process.platform === 'win32' ? 'NUL' : '/dev/null';

export default bun;
