import semver from 'semver';
import { MigrateError } from '../../model/errors.ts';
import type { Runtime } from '../contract.ts';
import { namedEnvFiles } from '../launch/env-files.ts';
import { appEnvironment } from '../launch/environment.ts';
import { takenOver, withoutCompilers } from '../launch/preloads.ts';

/** Node runs TypeScript without a flag from here on. Source: nodejs.org/api/typescript.html, measured with 22.23. */
const RUNS_TYPESCRIPT = '>=22.18';

/** `NODE_USE_ENV_PROXY` covers fetch and node:http, but no agents made by hand. Measured with 20.20, 22.23 and 24.21 on 2026-11-23. */
const HONOURS_PROXY = '^22.21 || >=24.5';

const node: Runtime = {
  name: 'node',
  title: 'Node.js',
  description: 'The runtime most back ends come from; a newer one is the smallest move there is.',
  homepage: 'https://nodejs.org',
  rangeKind: 'version',
  listed: ['node@18', 'node@20', 'node@22', 'node@24', 'node@26'],
  limits: [
    {
      what: 'TypeScript runs from 22.18 on, types only: enum, namespace, parameter properties and decorators do not.',
      source: 'measured on Node 20.20, 22.23, 24.21 and 26.10',
      asOf: '2026-11-23',
    },
  ],
  source({ os, cpu, libc }) {
    if (libc === 'musl')
      return 'The npm registry has no Node build for musl (Alpine): put a node on PATH instead.';
    const target =
      os === 'darwin' && cpu === 'arm64' ? 'bin-darwin-arm64' : `${os === 'win32' ? 'win' : os}-${cpu}`;
    return {
      packages: [{ name: `node-${target}` }],
      executable: os === 'win32' ? 'bin/node.exe' : 'bin/node',
    };
  },
  satisfies: (version, range) => semver.satisfies(version, range ?? '*'),
  versionArgs: ['--version'],
  plainArgs: [],
  onPath: { program: 'node', probe: ['-p', 'process.version + "\\n" + process.execPath'] },
  egressLimit: (version) =>
    semver.satisfies(version, HONOURS_PROXY)
      ? 'outgoing calls with an http.Agent of their own'
      : `outgoing calls: Node ${version} does not honour HTTP_PROXY (22.21 and 24.5 were the first to)`,
  async command(runtime, request) {
    const compiles = withoutCompilers(request.script).length < (request.script?.preloads.length ?? 0);
    const isTypeScript = /\.[mc]?tsx?$/.test(request.entry);
    if (isTypeScript && !compiles && !semver.satisfies(runtime.version, RUNS_TYPESCRIPT)) {
      throw new MigrateError(
        'ENTRY_NOT_RUNNABLE',
        `Node ${runtime.version} does not run TypeScript, and the entry is ${request.entry}.`,
        { hint: 'Use node@22 (22.18 or newer), or point at the built JavaScript.' },
      );
    }
    const envFiles = namedEnvFiles(request);
    return {
      program: runtime.binary,
      args: [
        // Of the proxy that we ask for, not of anything the application does: its own warnings stay.
        ...(request.egress !== undefined && semver.satisfies(runtime.version, HONOURS_PROXY)
          ? ['--disable-warning=UNDICI-EHPA']
          : []),
        ...envFiles.map((file) => `--env-file=${file}`),
        ...['--require', request.listenHook],
        ...(request.preload ? ['--require', request.preload] : []),
        ...(request.script?.preloads ?? []).flatMap(({ flag, module }) => [`--${flag}`, module]),
        request.entry,
        ...(request.args ?? []),
      ],
      env: appEnvironment(request),
      cwd: request.dir,
      notes: takenOver(request),
      envFiles,
    };
  },
};

export default node;
