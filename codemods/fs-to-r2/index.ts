import type { Codemod, CodemodInput, CodemodOutput, SpanEdit } from '../../src/codemod/contract.ts';
import type { LeftForYou, Outcome, RouteLimit } from '../../src/model/changeset.ts';
import { isTestFile } from '../../src/workspace/express/analyze.ts';
import { loadModules, type Modules } from '../../src/workspace/syntax/modules.ts';
import type { ParsedFile } from '../../src/workspace/syntax/parse.ts';
import { enclosingFunction } from '../../src/workspace/syntax/walk.ts';
import { convert, homeOf, storagePath } from './convert.ts';
import { folderExpression } from './folder-expression.ts';
import { type Folder, findFolders } from './folders.ts';
import { fsCallsIn } from './fs-calls.ts';
import { analyzeHono } from './hono.ts';
import { limitsOf, type Problem, staticLimits } from './limits.ts';
import { clockAtLoad, loadedWith, refusedAtLoad } from './load.ts';
import { parityCalls } from './parity.ts';
import { routesOf } from './routes.ts';
import { sortUses, type Uses } from './uses.ts';

const codemod: Codemod = {
  id: 'fs-to-r2',
  title: 'Stored files to R2',
  from: 'fs',
  to: 'r2',
  description:
    'Uploads and other stored files go through one small storage module: an R2 bucket on Workers, the disk elsewhere.',
  options: [
    {
      name: 'folder',
      description: 'the folder to convert, as the code names it; needed when there are several',
      default: '',
    },
    { name: 'binding', description: 'name of the R2 binding', default: 'UPLOADS' },
  ],
  prefilter: /['"](?:hono|express|multer)\b/,
  unit: 'stored-file call',
  run,
};

export default codemod;

const ID = codemod.id;

async function run(input: CodemodInput): Promise<CodemodOutput> {
  const modules = await loadModules({ root: input.root, paths: input.paths, read: input.read });
  const program = analyzeHono(modules);
  const output = {
    ...{ edits: new Map<string, SpanEdit[]>(), created: new Map<string, string>() },
    ...{ deleted: [], skipped: new Map<string, string>() },
    failed: new Map(modules.failed.map(({ path, reason }) => [path, reason])),
    ...{
      outcomes: [] as Outcome[],
      leftForYou: [] as LeftForYou[],
      limits: [] as RouteLimit[],
      next: [] as string[],
    },
  };
  if (program.routers.size === 0) {
    output.leftForYou.push(...stillExpress(modules));
    return output;
  }

  const parity = parityCalls(program);
  const fsCalls = fsCallsIn(program);
  const { routes, mounted } = routesOf(program);
  const reached = program.reachedFrom([...routes, ...mounted].flatMap(({ handlers }) => handlers));
  const folders = findFolders(program, parity, fsCalls, reached);
  const limits = staticLimits(program, parity, mounted, input.paths);
  const chosen = choose(folders, String(input.options.folder ?? ''));
  const uses = sortUses(program, parity, fsCalls, reached, chosen);
  const refuse = (file: ParsedFile, start: number, rule: string, reason: string, advice?: string) =>
    output.leftForYou.push({ ...file.locate(start), codemod: ID, rule, reason, ...(advice && { advice }) });

  const expression = chosen === null ? null : folderExpression(program, modules, chosen, homeOf(program));
  const isDone = input.options.folder !== '' && modules.paths.includes(storagePath(program));
  if (chosen === null && !isDone) {
    for (const { file, node, text } of folders) {
      refuse(
        file,
        node.start,
        'folder',
        `\`${text}\` is one of several folders of stored files, and one bucket holds one`,
        `Run again with --folder '${text}'.`,
      );
    }
  } else if (chosen !== null && expression === null) {
    refuse(
      chosen.file,
      chosen.node.start,
      'folder',
      `\`${chosen.text}\` cannot be named outside this file`,
      'Export it from a module of its own, such as the configuration.',
    );
  }
  for (const { file, node, rule, reason } of uses.blocking) refuse(file, node.start, rule, reason);
  const isConverted = chosen !== null && expression !== null && uses.blocking.length === 0;
  const problems: Problem[] = isConverted
    ? [...uses.left]
    : [...uses.left, ...uses.blocking, ...blockedUses(uses)];
  for (const { file, node, reason } of uses.handedOn)
    refuse(
      file,
      node.start,
      'handed-on',
      reason,
      'On Workers there is no such file: read it with the storage module first.',
    );
  const loaded = loadedWith(modules, homeOf(program).path);
  for (const { file, node, reason } of refusedAtLoad(program, loaded)) {
    refuse(
      file,
      node.start,
      'worker/load',
      reason,
      'Do it on the first request, or leave it out of what the Worker imports.',
    );
  }
  for (const { file, node, reason } of uses.left) {
    if (!loaded.has(file.path) || enclosingFunction(file, node) !== null) continue;
    refuse(
      file,
      node.start,
      'worker/load',
      `${reason}: it runs while the module loads, so the Worker would not start`,
    );
  }
  problems.push(...uses.handedOn, ...clockAtLoad(program, loaded));
  output.limits.push(...limitsOf(program, routes, problems), ...limits);
  if (limits.length > 0) {
    output.next.push(
      'Static files: Workers can serve the folder by themselves ("assets" in the Wrangler file), with headers of their own.',
    );
  }
  output.outcomes.push(...outcomes(uses, isConverted));
  if (!isConverted || expression === null || uses.fs.length + uses.parity.length === 0) return output;
  return convert({ input, modules, program, uses, expression }, output);
}

/** An application on Express has no entry that Workers could call, and its handlers read the disk through Express. */
function stillExpress(modules: Modules): LeftForYou[] {
  for (const path of modules.paths) {
    const offset = isTestFile(path) ? -1 : (modules.text(path)?.search(/['"]express['"]/) ?? -1);
    const file = offset === -1 ? null : modules.file(path);
    if (file === null) continue;
    const reason = 'this application runs on Express, which answers with files of the disk';
    const advice = 'Run `migrate codemod run express-to-hono --target workers` first.';
    return [{ ...file.locate(offset), codemod: ID, rule: 'express', reason, advice }];
  }
  return [];
}

function choose(folders: readonly Folder[], named: string): Folder | null {
  if (named !== '')
    return folders.find(({ text }) => text === named || text.replace(/^['"]|['"]$/g, '') === named) ?? null;
  return folders.length === 1 ? (folders[0] ?? null) : null;
}

/** Uses that stay because another one does. */
function blockedUses({ fs, parity }: Uses): Problem[] {
  const reason = 'uses a stored file on disk, and a Worker has no disk';
  return [
    ...fs.map(({ file, node }) => ({ file, node, reason })),
    ...parity.map(({ name, call: { file, node } }) => ({
      file,
      node,
      reason,
      isUpload: name === 'diskStorage',
    })),
  ];
}

function outcomes({ fs, parity }: Uses, isConverted: boolean): Outcome[] {
  const all = [
    ...fs.map(({ file, node, member }) => ({ ...file.locate(node.start), name: `fs.${member}` })),
    ...parity.map(({ name, call: { file, node } }) => ({ ...file.locate(node.start), name })),
  ];
  if (isConverted) return all.map((one) => ({ ...one, outcome: 'converted' }));
  return all.map((one) => ({
    ...one,
    outcome: 'refused',
    reason: 'another use of the folder could not be converted',
  }));
}
