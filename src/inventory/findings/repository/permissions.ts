import { child } from '../../../workspace/syntax/nodes.ts';
import { walk } from '../../../workspace/syntax/walk.ts';
import { evidenceAt } from '../../evidence.ts';
import { addonsInProduction } from '../addons.ts';
import { lookAt } from '../look.ts';
import type { RepositoryLook, RepositoryRule } from '../repository-rule.ts';
import type { Seen } from '../seen.ts';

const MOST_NAMES = 10;
const NETWORK = new Set(['net', 'http', 'https', 'http2', 'tls', 'dgram']);
const WRITES =
  /^(?:promises\.)?(?:write|append|mkdir|rm|unlink|rename|copyFile|cp|truncate|chmod|createWriteStream|open)/;
const SYSTEM = /^(?:hostname|networkInterfaces|loadavg|userInfo|release|uptime|cpus|totalmem|freemem)$/;
/** Variables that a platform hands over in such numbers are allowed as a whole. */
const MOST_ON_WORKERS = 64;

const rule: RepositoryRule = {
  id: 'permissions',
  title: 'permissions that Deno has to be given',
  kinds: ['deno-permissions', 'environment-count'],
  async see(look) {
    const seen: Seen[] = [];
    const own = look.facts.env.filter(({ location }) => location !== null && look.isOwn(location.file));
    const names = [...new Set(own.map(({ name }) => name))];
    const written = names.length > MOST_NAMES ? [] : await variablesWritten(look);
    const [first] = own;
    if (names.length > MOST_ON_WORKERS && first) {
      const { location, snippet, known } = first;
      seen.push({
        location,
        ...(snippet && { snippet }),
        known,
        kind: 'environment-count',
        name: String(names.length),
      });
    }
    const entry =
      look.facts.entryPoints.find(({ source }) => source !== null && look.isOwn(source))?.source ?? null;
    const text = entry === null ? null : ((await look.modules()).text(entry) ?? null);
    if (entry !== null && text !== null && look.facts.frameworks.length > 0)
      seen.push({
        ...evidenceAt(entry, text, 0, 'heuristic'),
        kind: 'deno-permissions',
        name: flags(look, [...new Set([...names, ...written])], await readsByMadeName(look)).join(' '),
      });
    return { seen };
  },
};

/** Variables that the application's own files set: Deno asks for them as it does for those that are read. */
async function variablesWritten(look: RepositoryLook): Promise<string[]> {
  const { paths, text, glance } = await look.modules();
  const found: string[] = [];
  for (const path of paths) {
    if (!look.isOwn(path) || !/\benv\b/.test(text(path) ?? '')) continue;
    const file = glance(path);
    const inFile = file && lookAt(file);
    if (!inFile) continue;
    walk(file.program, {
      enter(node) {
        if (node.type !== 'AssignmentExpression') return;
        const target = inFile.named(child(node, 'left'));
        const set = /^(?:process\.)?env\.(\w+)$/.exec(target?.path ?? '')?.[1];
        if (set !== undefined && /^(?:globalThis|process)$/.test(target?.from ?? '')) found.push(set);
      },
    });
  }
  return found;
}

/** Whether a variable's name is made while the program runs, or all are taken: any may be read. */
async function readsByMadeName(look: RepositoryLook): Promise<boolean> {
  for (const { path, findings } of (await look.survey()).files.values())
    if (look.isOwn(path) && findings.seen.some(({ kind }) => /^environment-(?:computed|whole)$/.test(kind)))
      return true;
  return false;
}

/** The flags that the application's own files ask for; what packages need beside them shows when it runs. */
function flags(look: RepositoryLook, names: readonly string[], isAny: boolean): string[] {
  const { facts, packages } = look;
  const used = facts.builtins
    .filter(({ reach, unused }) => reach === 'production' && !unused)
    .map(({ module, member }) => ({ module: module.replace(/^node:/, ''), member: member ?? '' }));
  const of = (module: string, members = /^/) =>
    used.some((use) => use.module === module && members.test(use.member));
  const isFiles = of('fs') || of('fs/promises') || packages.has('fs-extra');
  // Of the module as a whole, kept in a field or handed on, anything may be called.
  const isHeld = of('fs', /^$/) || of('fs/promises', /^$/);
  return [
    ...(facts.frameworks.length > 0 || used.some(({ module }) => NETWORK.has(module)) ? ['--allow-net'] : []),
    ...(names.length === 0 && !isAny
      ? []
      : [isAny || names.length > MOST_NAMES ? '--allow-env' : `--allow-env=${names.join(',')}`]),
    // Node's way of loading packages reads node_modules.
    '--allow-read',
    ...(isFiles && (of('fs', WRITES) || of('fs/promises', WRITES) || packages.has('fs-extra') || isHeld)
      ? ['--allow-write']
      : []),
    ...(of('child_process') ? ['--allow-run'] : []),
    ...(of('os', SYSTEM) ? ['--allow-sys'] : []),
    ...(addonsInProduction(look).length > 0 ? ['--allow-ffi'] : []),
  ];
}

export default rule;
