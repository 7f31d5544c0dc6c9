import { invocations } from '../../workspace/command-line.ts';

/** One instruction of a Dockerfile; `line` counts from 0. */
export interface Instruction {
  keyword: string;
  /** Arguments with continuation lines joined and `ARG` defaults filled in. */
  value: string;
  line: number;
}

/** Whether a path is a Dockerfile by the usual names. */
export const isDockerfile = (path: string): boolean =>
  /(^|\/)(Dockerfile|Containerfile)(\.[\w.-]+)?$|\.[dD]ockerfile$/.test(path);

/** Whether an image is by its name for a developer's machine, or runs tests. */
export const isOfDevelopers = (path: string): boolean =>
  /(^|[./-])(test|e2e|ci|dev|develop|development|debug|local)([./-]|$)/i.test(path);

/** Scripts that start a program for whoever works on it. */
const DEVELOPS = /(?:^|[:_-])(?:dev|develop|development|debug|watch)(?:[:_-]|$)/;

/** Whether an image starts what a package calls the script of developers: `CMD npm run dev`. */
export function startsForDevelopers(text: string): boolean {
  const last = readDockerfile(text).findLast(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
  return invocations(commandLine(last?.value ?? '')).some(({ program, args }) => {
    if (!/^(?:npm|pnpm|yarn|bun)$/.test(program)) return false;
    const [name = ''] = args.filter((arg) => !arg.startsWith('-') && arg !== 'run' && arg !== 'run-script');
    return DEVELOPS.test(name);
  });
}

/** Instructions in order. Comments yield none, and neither do bodies of heredocs, but for a script that `RUN` is given. */
export function readDockerfile(text: string): Instruction[] {
  const found: Instruction[] = [];
  const defaults = new Map<string, string>();
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at++) {
    const start = at;
    let joined = lines[at] ?? '';
    while (/\\\s*$/.test(joined) && at + 1 < lines.length) {
      const next = lines[++at] ?? '';
      joined = `${joined.replace(/\\\s*$/, ' ')}${next.trimStart().startsWith('#') ? '' : next.trim()}`;
    }
    const match = /^\s*([A-Za-z]+)\s+(.*)$/.exec(joined);
    if (!match) continue;
    const keyword = (match[1] ?? '').toUpperCase();
    const value = substitute((match[2] ?? '').trim(), defaults);
    if (keyword === 'ARG') {
      const assignment = /^(\w+)=(.*)$/.exec(value);
      if (assignment) defaults.set(assignment[1] ?? '', (assignment[2] ?? '').replace(/^["']|["']$/g, ''));
    }
    const heredoc = /<<-?\s*["']?(\w+)["']?/.exec(value)?.[1];
    if (heredoc && (keyword === 'RUN' || keyword === 'COPY')) {
      const body: string[] = [];
      while (at + 1 < lines.length && lines[at + 1]?.trim() !== heredoc) body.push(lines[++at]?.trim() ?? '');
      at++;
      // `RUN <<EOF` alone is a script of the shell; what a program is handed is its own matter.
      if (keyword === 'RUN' && /^(?:--\S+\s+)*<<-?\s*["']?\w+["']?$/.test(value)) {
        const script = body.filter((line) => line !== '' && !line.startsWith('#')).join(' && ');
        found.push({ keyword, value: script, line: start });
        continue;
      }
    }
    found.push({ keyword, value, line: start });
  }
  return found;
}

/**
 * The instructions that hold in production: of the last stage and those it is made from; none of a file that starts
 * nothing, which is a base for other images. `isNode`: the stage is made from an image of Node.
 */
export function runningInstructions(text: string): (Instruction & { isNode: boolean })[] {
  const all = readDockerfile(text);
  if (!all.some(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT')) return [];
  const stages: { name: string; from: string; isNode: boolean; own: Instruction[] }[] = [];
  for (const each of all) {
    if (each.keyword === 'FROM') {
      const [from = '', as, name = ''] = each.value.replace(/^(?:--\S+\s+)+/, '').split(/\s+/);
      const isNode =
        stages.find((stage) => stage.name === from)?.isNode ?? runtimeImage(from)?.runtime === 'node';
      stages.push({ name: as?.toLowerCase() === 'as' ? name : '', from, isNode, own: [] });
    }
    stages.at(-1)?.own.push(each);
  }
  const found: (Instruction & { isNode: boolean })[] = [];
  for (let at = stages.length - 1; at >= 0; ) {
    const stage = stages[at];
    if (stage === undefined) break;
    found.unshift(...stage.own.map((each) => ({ ...each, isNode: stage.isNode })));
    at = stages.findLastIndex(({ name }, index) => index < at && name !== '' && name === stage.from);
  }
  return found;
}

/** `$NAME`, `${NAME}`, `${NAME:-default}`; a name without a default stays as written. */
function substitute(value: string, defaults: ReadonlyMap<string, string>): string {
  return value.replace(/\$(?:\{(\w+)(?::-([^}]*))?\}|(\w+))/g, (whole, braced, fallback, bare) => {
    return defaults.get(braced ?? bare) ?? fallback ?? whole;
  });
}

/** A `CMD` or `ENTRYPOINT` as one command line, from either form. */
export function commandLine(value: string): string {
  if (!value.startsWith('[')) return value;
  try {
    const parts: unknown = JSON.parse(value);
    if (Array.isArray(parts)) return parts.map((part) => quote(String(part))).join(' ');
  } catch {
    // Not the JSON form after all: Docker then takes it as a shell command.
  }
  return value;
}

const quote = (word: string): string =>
  /[\s"'\\;&|]/.test(word) ? `'${word.replaceAll("'", `'"'"'`)}'` : word;

/** `node:20-alpine` → runtime and tag; null for an image of something else. */
export function runtimeImage(image: string): { runtime: 'node' | 'bun' | 'deno'; tag: string } | null {
  const match = /(?:^|\/)(node|bun|deno|nodejs\d*)(?:-debian\d+)?(?::([^@\s]+))?(?:@\S+)?$/.exec(image);
  const name = match?.[1];
  if (!name) return null;
  // Distroless images carry the version in their name: gcr.io/distroless/nodejs22-debian12.
  if (name.startsWith('nodejs')) {
    const major = name.slice('nodejs'.length);
    return major ? { runtime: 'node', tag: major } : null;
  }
  const tag = match?.[2] ?? 'latest';
  if (name !== 'node') return { runtime: name as 'bun' | 'deno', tag };
  // A publisher's own image has versions of its own: 2.1.2-node18.11.0 says Node's beside it, 1.4 says none.
  const said = /[-_.]node(?:js)?[-_]?v?(\d+(?:\.\d+){0,2})/.exec(tag)?.[1];
  if (said !== undefined) return { runtime: 'node', tag: said };
  const major = /^v?(\d+)\./.exec(tag)?.[1];
  return major !== undefined && Number(major) < FIRST_MAJOR && image.includes('/')
    ? null
    : { runtime: 'node', tag };
}

/** Node was 0.12 before it was 4. */
const FIRST_MAJOR = 4;
