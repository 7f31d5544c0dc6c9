import { basename, posix } from 'node:path';
import type { CodemodInput, CodemodOutput, SpanEdit } from '../../src/codemod/contract.ts';
import type { LeftForYou } from '../../src/model/changeset.ts';
import { placesInBundle } from '../../src/workspace/bundle-places.ts';
import type { Modules } from '../../src/workspace/syntax/modules.ts';
import type { ParsedFile } from '../../src/workspace/syntax/parse.ts';
import { type FolderExpression, importStatement } from './folder-expression.ts';
import type { HonoProgram } from './hono.ts';
import { extensionStyle, type ImportChange, importStorage } from './imports.ts';
import { rewriteFsCall, rewriteParityCall } from './rewrite.ts';
import { isStorageModule, storageModule } from './storage.ts';
import type { Uses } from './uses.ts';
import { bindBucket } from './worker.ts';

const ID = 'fs-to-r2';

interface Plan {
  input: CodemodInput;
  modules: Modules;
  program: HonoProgram;
  uses: Uses;
  expression: FolderExpression;
}

interface Output extends CodemodOutput {
  edits: Map<string, SpanEdit[]>;
  created: Map<string, string>;
  leftForYou: LeftForYou[];
  next: string[];
}

/** Rewrites every use, writes the storage module and gives the Worker its bucket. */
export async function convert(plan: Plan, output: Output): Promise<CodemodOutput> {
  const { input, modules, program, uses, expression } = plan;
  const home = homeOf(program);
  const storage = storagePath(program);
  const names = namesFor(uses);
  const obstacle = await storageObstacle(input, storage, names, expression.text);
  if (obstacle !== null) {
    const location = { file: storage, line: 1, column: 1 };
    const refused = output.outcomes.map((one) => ({
      ...one,
      outcome: 'refused' as const,
      reason: obstacle.reason,
    }));
    return {
      ...output,
      outcomes: refused,
      leftForYou: [...output.leftForYou, { ...location, codemod: ID, rule: 'storage', ...obstacle }],
    };
  }
  const add = (path: string, edits: readonly SpanEdit[]) =>
    output.edits.set(path, [...(output.edits.get(path) ?? []), ...edits]);
  const imports = new Map<ParsedFile, ImportChange>();
  const importsOf = (file: ParsedFile): ImportChange => {
    const change = imports.get(file) ?? importStorage(file, storage);
    imports.set(file, change);
    return change;
  };
  for (const call of uses.fs) add(call.file.path, [rewriteFsCall(call, importsOf(call.file))]);
  for (const one of uses.parity) add(one.call.file.path, [rewriteParityCall(one, importsOf(one.call.file))]);
  for (const [file, change] of imports) add(file.path, change.edits());

  const cjs = home.module === 'cjs' && !home.typescript;
  if (!modules.paths.includes(storage)) {
    const folderImport = importStatement(expression, storage, { cjs, extension: extensionStyle(home) });
    const { typescript } = home;
    output.created.set(
      storage,
      storageModule({
        names,
        folder: expression.text,
        folderImport,
        format: cjs ? 'cjs' : 'esm',
        typescript,
      }),
    );
  }
  const binding = String(input.options.binding || 'UPLOADS');
  const bucket = bucketName(modules, input.root);
  const worker = await bindBucket(input, program, modules, {
    storage,
    binding,
    bucket,
    define: await placesInBundle(input, home.path),
  });
  for (const [path, edits] of worker.edits) add(path, edits);
  for (const [path, text] of worker.created) output.created.set(path, text);
  output.leftForYou.push(...worker.leftForYou.map((left) => ({ ...left, codemod: ID })));
  output.next.push(
    `Make the bucket before the first deployment: npx wrangler r2 bucket create ${bucket}`,
    'Files that are on disk today are not copied: upload them to the bucket under their path below the folder.',
  );
  return output;
}

/** A storage module that is there already must have every call that is asked for now. */
async function storageObstacle(
  input: CodemodInput,
  path: string,
  names: readonly string[],
  folder: string,
): Promise<{ reason: string; advice: string } | null> {
  const text = await input.read(path);
  if (text === null) return null;
  if (!isStorageModule(text))
    return { reason: 'a file of this name is there already', advice: 'Rename it, then run again.' };
  if (!text.includes(`const folder = ${folder};`)) {
    return {
      reason: `the storage module keeps another folder than \`${folder}\`, and one bucket holds one`,
      advice: 'Keep both below one folder, or write a second storage module by hand.',
    };
  }
  const missing = names.filter((name) => !new RegExp(`\\bfunction ${name}\\(`).test(text));
  if (missing.length === 0) return null;
  return {
    reason: `the storage module has no ${missing.map((name) => `\`${name}\``).join(', ')}`,
    advice: 'Remove the file and run again: it is written anew with every call in use.',
  };
}
/** The file that makes the app: the storage module goes beside it, written as it is. */
export function homeOf({ routers, registrations }: HonoProgram): ParsedFile {
  const mounted = new Set(
    registrations
      .filter(({ member }) => member === 'route')
      .flatMap((one) => [...(one.arguments[1]?.values ?? [])]),
  );
  const all = [...routers];
  const root = all.find((router) => !mounted.has(router)) ?? all[0];
  const file = root?.calls.at(-1)?.file;
  if (file === undefined) throw new Error('a program without an app has nothing to convert');
  return file;
}

/** Where the storage module is, or will be. */
export function storagePath(program: HonoProgram): string {
  const { path } = homeOf(program);
  return posix.join(posix.dirname(path), `file-storage${posix.extname(path)}`);
}

function namesFor({ fs, parity }: Uses): string[] {
  const names = new Set(fs.map(({ member }) => member));
  for (const { name } of parity) {
    for (const member of name === 'diskStorage'
      ? ['mkdir', 'createWriteStream', 'unlink']
      : ['stat', 'createReadStream'])
      names.add(member);
  }
  return [...names];
}

function bucketName(modules: Modules, root: string): string {
  const name = modules.packages.find(({ folder }) => folder === '')?.name ?? basename(root);
  const plain = name
    .toLowerCase()
    .replace(/^@/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `${plain.slice(0, 50) || 'app'}-uploads`;
}
