import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseTree } from 'jsonc-parser';
import { parse as parseYaml } from 'yaml';
import type { Sign } from '../../model/inventory.ts';
import type { Repository } from '../../workspace/repository.ts';
import type { Detector } from '../detector.ts';
import { evidenceAt, evidenceOnLine } from '../evidence.ts';
import { declarations, isRecord, said, stringEntries } from '../manifests.ts';
import type { LockedVersions } from '../readers/lockfile.ts';

/** A platform by the file that is its own, at the root or of a package. */
const FILES: readonly [RegExp, string][] = [
  [/(^|\/)vercel\.json$/, 'vercel'],
  [/(^|\/)netlify\.toml$/, 'netlify'],
  [/(^|\/)fastly\.toml$/, 'fastly'],
  [/(^|\/)wrangler\.(toml|jsonc?)$/, 'workers'],
  [/(^|\/)fly\.toml$/, 'fly'],
  [/(^|\/)render\.yaml$/, 'render'],
];
const PYTHON = /(^|\/)(requirements[\w.-]*\.txt|pyproject\.toml|Pipfile|setup\.py)$/;
/** Files of load tools: of k6 and Artillery by their usual names. */
const LOAD = /(^|\/)(k6|artillery|load[-_]?tests?)([._-][\w.-]*)?\.(js|ts|ya?ml)$/;
const LOAD_PROGRAMS = /(?:^|[\s/])(autocannon|k6|wrk2?|vegeta|artillery|clinic)(?=\s|$)/;
const LOAD_PACKAGES = new Set(['autocannon', 'artillery', 'clinic', 'k6', 'loadtest']);
const DEPLOY_CLASSIC = /(?:^|\s|\/)deployctl(?:\s|@|$)/;

const detector: Detector = {
  id: 'platforms',
  title: 'files of platforms and gateways',
  async detect({ repository, manifests, modules, roles, lockfiles }) {
    const signs: Sign[] = plugAndPlay(repository, lockfiles);
    const { of, isOwn, isBundled, isForeign } = await roles();
    const { packagesOf, paths } = await modules();
    const isRunBelow = (folder: string) =>
      paths.some(
        (path) =>
          (folder === '.' || path.startsWith(`${folder}/`)) && of(path) === 'application' && !isBundled(path),
      );
    const whole = (kind: Sign['kind'], name: string, file: string) =>
      signs.push({ location: { file, line: 1, column: 1 }, known: 'read', kind, name });
    for (const file of repository.files) {
      for (const [pattern, name] of FILES) if (pattern.test(file)) whole('platform', name, file);
      // What tests are written in runs beside no service.
      if (PYTHON.test(file) && !isForeign(file)) whole('python', 'Python', file);
      if (/\.[jt]sx$/.test(file) && isOwn(file) && !isBundled(file))
        whole('jsx', file.replace(/^.*\//, ''), file);
      if (file.endsWith('.wasm')) whole('wasm', 'WebAssembly', file);
      if (LOAD.test(file) || packagesOf(file).includes('k6'))
        whole('load-script', file.replace(/^.*\//, ''), file);
      const read = READERS.find(({ of }) => of.test(file))?.read;
      const text = read ? await repository.read(file) : null;
      if (read && text !== null)
        signs.push(
          ...read(file, text).filter(({ kind }) => kind !== 'path-alias' || isRunBelow(posix.dirname(file))),
        );
    }
    for (const manifest of manifests)
      for (const [name, command] of stringEntries(manifest.raw.scripts)) {
        const tool = LOAD_PROGRAMS.exec(command)?.[1];
        if (tool) signs.push({ ...said(manifest, 'scripts', name), kind: 'load-script', name: tool });
        if (DEPLOY_CLASSIC.test(command))
          signs.push({ ...said(manifest, 'scripts', name), kind: 'platform', name: 'deno-deploy-classic' });
      }
    for (const { manifest, field, name } of declarations(manifests))
      if (LOAD_PACKAGES.has(name)) signs.push({ ...said(manifest, field, name), kind: 'load-script', name });
    return { signs };
  },
};

/** What Yarn 2 and later keeps packages in, unless its settings say that they are put into node_modules. */
function plugAndPlay(repository: Repository, lockfiles: readonly LockedVersions[]): Sign[] {
  const locks = lockfiles.filter(
    ({ lockfile: { manager, version } }) => manager === 'yarn' && version !== '1',
  );
  // Yarn's settings are beside its lock, which is that of the workspace around this folder as well.
  for (const folder of new Set(['.', ...locks.map(({ lockfile }) => posix.dirname(lockfile.file))])) {
    const settings = parseYaml(readBeside(repository, folder), { logLevel: 'silent' });
    const linker = isRecord(settings) ? settings.nodeLinker : undefined;
    if (linker !== undefined && linker !== 'pnp') return [];
  }
  const files = repository.files.filter((file) => /(^|\/)\.pnp\.c?js$/.test(file));
  const at = (file: string) => ({ location: { file, line: 1, column: 1 }, known: 'read' as const });
  if (files.length > 0) return files.map((file) => ({ ...at(file), kind: 'pnp', name: 'Plug’n’Play' }));
  return locks.map(({ lockfile }) => ({ ...at(lockfile.file), kind: 'pnp', name: 'yarn.lock' }));
}

/** The text of Yarn's settings in a folder, which may lie above the root; empty without any. */
function readBeside({ root }: Repository, folder: string): string {
  try {
    return readFileSync(join(root, folder, '.yarnrc.yml'), 'utf8');
  } catch {
    return '';
  }
}

/** Files that are read, and how. */
const READERS: readonly { of: RegExp; read(file: string, text: string): Sign[] }[] = [
  { of: /(^|\/)vercel\.json$/, read: (file, text) => limitsIn(file, text) },
  { of: /(^|\/)(deno\.jsonc?)$/, read: readDeno },
  { of: /(^|\/)tsconfig[\w.-]*\.json$/, read: readPaths },
  { of: /(^|\/)[\w.-]*nginx[\w./-]*\.conf(\.\w+)?$|(^|\/)nginx\/.*\.conf$/, read: readNginx },
  { of: /(^|\/)(serverless|template)\.ya?ml$/, read: readFunctions },
  { of: /^\.github\/workflows\/.+\.ya?ml$/, read: readDeployctl },
];

/** `maxDuration` of functions, wherever it stands. */
function limitsIn(file: string, text: string): Sign[] {
  const found: Sign[] = [];
  visitJson(text, (path, value, offset) => {
    if (path.at(-1) === 'maxDuration' && typeof value === 'number')
      found.push({
        ...evidenceAt(file, text, offset, 'read'),
        kind: 'time-limit',
        name: `maxDuration ${value}`,
      });
  });
  return found;
}

/** Deno Deploy has a field of its own in deno.json. */
function readDeno(file: string, text: string): Sign[] {
  const found: Sign[] = [];
  visitJson(text, (path, _, offset) => {
    if (path.length >= 2 && path[0] === 'deploy' && !found.length) {
      // `project` is what deployctl of Classic wrote there; the new platform has `org` and `app`.
      const name = path[1] === 'project' ? 'deno-deploy-classic' : 'deno-deploy';
      found.push({ ...evidenceAt(file, text, offset, 'read'), kind: 'platform', name });
    }
  });
  return found;
}

/** Names that an import may begin with; `*` alone is where types of packages are looked for. */
function readPaths(file: string, text: string): Sign[] {
  const found: Sign[] = [];
  visitJson(text, (path, _, offset) => {
    const [options, paths, name] = path;
    if (
      options === 'compilerOptions' &&
      paths === 'paths' &&
      typeof name === 'string' &&
      path.length === 4 &&
      name !== '*'
    )
      found.push({ ...evidenceAt(file, text, offset, 'read'), kind: 'path-alias', name });
  });
  return found;
}

/** nginx keeps an answer until it has it, unless it is told not to. Source: nginx.org, ngx_http_proxy_module, 2026-11. */
function readNginx(file: string, text: string): Sign[] {
  const lines = text.split('\n').map((line) => line.replace(/#.*$/, ''));
  const at = lines.findIndex((line) => /(?:^|[\s{;])proxy_pass\s/.test(line));
  if (at < 0 || lines.some((line) => /(?:^|[\s{;])proxy_buffering\s+off\s*;/.test(line))) return [];
  return [
    {
      ...evidenceOnLine(file, text.split('\n'), at),
      kind: 'buffering',
      name: 'nginx with proxy_buffering on',
    },
  ];
}

/** Time limits of functions, and REST APIs of API Gateway, which answer only when the function has ended. */
function readFunctions(file: string, text: string): Sign[] {
  return text.split('\n').flatMap((line, at, lines): Sign[] => {
    const seconds = /^\s*timeout:\s*(\d+)\s*(#.*)?$/i.exec(line)?.[1];
    const place = () => evidenceOnLine(file, lines, at);
    if (seconds) return [{ ...place(), kind: 'time-limit', name: `timeout ${seconds}` }];
    const isRest = /^\s*Type:\s*['"]?(AWS::ApiGateway::RestApi|AWS::Serverless::Api|Api)['"]?\s*$/.test(line);
    return isRest || /^\s*-\s*http:/.test(line)
      ? [{ ...place(), kind: 'buffering', name: 'API Gateway with a REST API' }]
      : [];
  });
}

function readDeployctl(file: string, text: string): Sign[] {
  return text
    .split('\n')
    .flatMap((line, at, lines): Sign[] =>
      /uses:\s*['"]?denoland\/deployctl/.test(line) || DEPLOY_CLASSIC.test(line.replace(/#.*$/, ''))
        ? [{ ...evidenceOnLine(file, lines, at), kind: 'platform', name: 'deno-deploy-classic' }]
        : [],
    );
}

function visitJson(
  text: string,
  seen: (path: (string | number)[], value: unknown, offset: number) => void,
): void {
  const walkNode = (node: ReturnType<typeof parseTree>, path: (string | number)[]): void => {
    if (!node) return;
    if (node.type === 'object')
      for (const { children: [key, value] = [] } of node.children ?? [])
        if (key && value) walkNode(value, [...path, String(key.value)]);
    if (node.type === 'array')
      for (const [at, item] of (node.children ?? []).entries()) walkNode(item, [...path, at]);
    if (node.type !== 'object' && node.type !== 'array') seen(path, node.value, node.offset);
  };
  walkNode(parseTree(text, [], { allowTrailingComma: true }), []);
}

export default detector;
