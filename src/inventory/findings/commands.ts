import { type Document, isMap, isScalar, isSeq, type Node, parseAllDocuments, visit } from 'yaml';
import type { Evidence } from '../../model/inventory.ts';
import { evidenceAt, evidenceOnLine } from '../evidence.ts';
import { isRecord, said } from '../manifests.ts';
import { onlyFunctionsRun } from '../reach/deployed.ts';
import { commandLine, isDockerfile, isOfDevelopers, runningInstructions } from '../readers/dockerfile.ts';
import { parseConfig } from '../readers/json.ts';
import type { RepositoryLook } from './repository-rule.ts';

/** A command line that runs in production, or options that every Node of it is given by its environment. */
export interface CommandPlace extends Evidence {
  how: 'command' | 'NODE_OPTIONS';
  text: string;
}

const COMPOSE = /(^|\/)(docker-)?compose[\w.-]*\.ya?ml$/;
const MANIFEST = /\.ya?ml$/;
/** What a CI runs. */
const PIPELINE =
  /(^|\/)\.(github|circleci|buildkite|woodpecker|semaphore|azure-pipelines|azuredevops)\/|(^|\/)\.?(travis|gitlab-ci|drone|woodpecker|appveyor|cirrus|screwdriver|buildspec|cloudbuild|bitbucket-pipelines|azure-pipelines|codefresh|wercker)[\w.-]*\.ya?ml$/;
const PM2 = /(^|\/)(ecosystem|pm2|process)[\w.-]*\.(config\.)?(c?js|json)$/;

/** Where production's commands are written: scripts, images, compose, Kubernetes, Procfile, pm2, systemd units. */
export async function commandPlaces(look: RepositoryLook): Promise<CommandPlace[]> {
  const { repository, facts } = look;
  const { isForeign } = await look.roles();
  const served = new Set(look.served.map(({ file }) => file));
  const found: CommandPlace[] = [];
  const areForDevelopers = onlyFunctionsRun(await look.entryPoints());
  for (const script of facts.scripts)
    if (script.kind === 'production' && !areForDevelopers && served.has(script.manifest)) {
      const { location, snippet, known } = script;
      found.push({ location, ...(snippet && { snippet }), known, how: 'command', text: script.command });
    }
  for (const file of repository.files) {
    if (isForeign(file) || (isDockerfile(file) && isOfDevelopers(file))) continue;
    const read = READERS.find(({ of }) => of(file))?.read;
    const text = read ? await repository.read(file) : null;
    if (read && text !== null) found.push(...read(file, text));
  }
  for (const manifest of look.served) {
    const npmrc = isRecord(manifest.raw.config) ? manifest.raw.config['node-options'] : null;
    if (typeof npmrc === 'string')
      found.push({ ...said(manifest, 'config', 'node-options'), how: 'NODE_OPTIONS', text: npmrc });
  }
  return found;
}

const READERS: readonly { of(file: string): boolean; read(file: string, text: string): CommandPlace[] }[] = [
  { of: isDockerfile, read: inDockerfile },
  { of: (file) => PM2.test(file), read: inPm2 },
  { of: (file) => /(^|\/)Procfile$/.test(file), read: inProcfile },
  { of: (file) => file.endsWith('.service'), read: inUnit },
  { of: (file) => /(^|\/)\.npmrc$/.test(file), read: inNpmrc },
  {
    of: (file) => MANIFEST.test(file) && !PIPELINE.test(file) && !/(^|\/)pnpm-lock\.yaml$/.test(file),
    read: inYaml,
  },
];

function inDockerfile(file: string, text: string): CommandPlace[] {
  const lines = text.split('\n');
  return runningInstructions(text).flatMap(({ keyword, value, line }): CommandPlace[] => {
    const place = evidenceOnLine(file, lines, line);
    if (keyword === 'CMD' || keyword === 'ENTRYPOINT')
      return [{ ...place, how: 'command', text: commandLine(value) }];
    const options =
      keyword === 'ENV' ? /(?:^|\s)NODE_OPTIONS(?:=|\s+)("[^"]*"|'[^']*'|.+)/.exec(value)?.[1] : undefined;
    return options ? [{ ...place, how: 'NODE_OPTIONS', text: bare(options) }] : [];
  });
}

const bare = (text: string): string => text.trim().replace(/^(["'])(.*)\1$/, '$2');

function inProcfile(file: string, text: string): CommandPlace[] {
  const lines = text.split('\n');
  return lines.flatMap((line, at): CommandPlace[] => {
    const command = /^[\w-]+:\s*(.+)$/.exec(line)?.[1];
    return command ? [{ ...evidenceOnLine(file, lines, at), how: 'command', text: command }] : [];
  });
}

function inUnit(file: string, text: string): CommandPlace[] {
  const lines = text.split('\n');
  return lines.flatMap((line, at): CommandPlace[] => {
    const command = /^ExecStart=[-@:+!]*(.+)$/.exec(line)?.[1];
    const options = /^Environment="?NODE_OPTIONS=(.+?)"?$/.exec(line)?.[1];
    const place = evidenceOnLine(file, lines, at);
    if (command) return [{ ...place, how: 'command', text: command }];
    return options ? [{ ...place, how: 'NODE_OPTIONS', text: options }] : [];
  });
}

function inNpmrc(file: string, text: string): CommandPlace[] {
  const lines = text.split('\n');
  return lines.flatMap((line, at): CommandPlace[] => {
    const options = /^\s*node-options\s*=\s*(.+)$/.exec(line)?.[1];
    return options ? [{ ...evidenceOnLine(file, lines, at), how: 'NODE_OPTIONS', text: bare(options) }] : [];
  });
}

/** Options that pm2 gives to Node, and NODE_OPTIONS among an application's variables. */
function inPm2(file: string, text: string): CommandPlace[] {
  const config = parseConfig(text);
  const apps: unknown[] = Array.isArray(config.apps) ? config.apps : [config];
  return apps.filter(isRecord).flatMap((app): CommandPlace[] => {
    const found: CommandPlace[] = [];
    const place = (key: string) => evidenceAt(file, text, Math.max(text.indexOf(key), 0), 'read');
    for (const key of ['node_args', 'interpreter_args']) {
      const args = Array.isArray(app[key]) ? app[key].join(' ') : app[key];
      if (typeof args === 'string' && args !== '')
        found.push({ ...place(key), how: 'NODE_OPTIONS', text: args });
    }
    const env = isRecord(app.env) ? app.env.NODE_OPTIONS : null;
    if (typeof env === 'string') found.push({ ...place('NODE_OPTIONS'), how: 'NODE_OPTIONS', text: env });
    return found;
  });
}

/** Compose files and manifests of Kubernetes: `command`, and NODE_OPTIONS in either's way to write variables. */
function inYaml(file: string, text: string): CommandPlace[] {
  const isCompose = COMPOSE.test(file);
  if (!text.includes('NODE_OPTIONS') && !isCompose && !/^kind:/m.test(text)) return [];
  return parseAllDocuments(text).flatMap((document) =>
    'errors' in document && document.errors.length === 0 ? inDocument(file, text, document as Document) : [],
  );
}

function inDocument(file: string, text: string, document: Document): CommandPlace[] {
  const found: CommandPlace[] = [];
  const place = (node: Node | null | undefined) => evidenceAt(file, text, node?.range?.[0] ?? 0, 'read');
  visit(document, {
    Pair(_, { key, value }) {
      const name = isScalar(key) ? String(key.value) : '';
      if (name === 'NODE_OPTIONS' && isScalar(value))
        found.push({ ...place(value), how: 'NODE_OPTIONS', text: String(value.value) });
      if (name === 'command' || name === 'entrypoint' || name === 'args') {
        const words = isSeq(value)
          ? value.items.map((item) => (isScalar(item) ? String(item.value) : ''))
          : null;
        const line =
          words?.join(' ') ?? (isScalar(value) && typeof value.value === 'string' ? value.value : null);
        if (line)
          found.push({ ...place(isSeq(value) ? value : (value as Node)), how: 'command', text: line });
      }
    },
    Map(_, map) {
      if (map.get('name') === 'NODE_OPTIONS' && typeof map.get('value') === 'string')
        found.push({ ...place(map), how: 'NODE_OPTIONS', text: String(map.get('value')) });
    },
    Scalar(_, node) {
      const options =
        typeof node.value === 'string' ? /^NODE_OPTIONS=(.+)$/.exec(node.value)?.[1] : undefined;
      if (options) found.push({ ...place(node), how: 'NODE_OPTIONS', text: bare(options) });
    },
  });
  return found.filter(
    ({ text: words }, at, all) =>
      isMap(document.contents) &&
      all.findIndex((one) => one.text === words && one.location?.line === all[at]?.location?.line) === at,
  );
}
