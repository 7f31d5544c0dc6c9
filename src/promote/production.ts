import type { PromotionCheck } from '../model/promotion.ts';
import { git } from '../workspace/git.ts';
import { fails, holds, type Subject } from './subject.ts';

/** Files that a stage may change and production does not read: CI, and how developers start things. */
const ASIDE =
  /^(\.github\/|\.gitlab-ci\.yml$|\.circleci\/|azure-pipelines\.yml$|nodemon\.json$|bunfig\.toml$)/;
/** Of package.json, what production goes by. */
const FIELDS = ['type', 'main', 'module', 'bin', 'exports', 'imports', 'dependencies', 'engines'];
const STARTS = ['prestart', 'start', 'poststart', 'preinstall', 'install', 'postinstall', 'prepare'];

/** Nothing that production starts is otherwise than before the stage: of its commits only package.json's other fields and CI. */
export async function checkProduction({ repository, gates, steps }: Subject): Promise<PromotionCheck[]> {
  if (!gates.production) return [];
  const { root } = repository;
  const changed = new Set<string>();
  for (const { step, record } of steps) {
    if (!record?.commit || !record.base) continue;
    const listed = await git(root, ['diff', '--name-only', '--relative', '-z', record.base, record.commit]);
    if (!listed.ok)
      return [fails('production', `The commit of ${step.id} is not here.`, 'git fetch --unshallow')];
    for (const path of listed.out.split('\0').filter((each) => each !== '' && !ASIDE.test(each)))
      if (path !== 'package.json') changed.add(path);
      else
        for (const field of await changedFields(root, record.base, record.commit))
          changed.add(`package.json: ${field}`);
  }
  const list = [...changed].sort();
  return list.length === 0
    ? [holds('production', 'What production starts is as it was before the stage.')]
    : [fails('production', `The stage changed ${list.join(', ')}.`, 'migrate undo the step that did')];
}

async function changedFields(root: string, before: string, after: string): Promise<string[]> {
  const [old, now] = [await manifestAt(root, before), await manifestAt(root, after)];
  const differs = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b);
  return [
    ...FIELDS.filter((field) => differs(old[field], now[field])),
    ...STARTS.filter((name) => differs(old.scripts?.[name], now.scripts?.[name])).map(
      (name) => `scripts.${name}`,
    ),
  ];
}

type Manifest = Record<string, unknown> & { scripts?: Record<string, unknown> };

async function manifestAt(root: string, commit: string): Promise<Manifest> {
  const shown = await git(root, ['show', `${commit}:./package.json`]);
  try {
    return JSON.parse(shown.out.replace(/^\ufeff/, ''));
  } catch {
    return {};
  }
}
