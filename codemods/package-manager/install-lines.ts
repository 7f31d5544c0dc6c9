import { isMap, isScalar } from 'yaml';
import type { CodemodInput, SpanEdit } from '../../src/codemod/contract.ts';
import type { Location } from '../../src/model/location.ts';
import { type Program, programsIn } from '../../src/workspace/command-line.ts';
import { lineEnding, position } from '../../src/workspace/text.ts';
import { instructions, stageOf, wordsOf } from '../shared/docker/instructions.ts';
import { isDockerfile } from '../shared/docker/names.ts';
import { placeOf } from '../shared/scripts/callers.ts';
import { isWorkflow, lineWithComments, readWorkflow, stepsLike } from '../shared/scripts/workflow.ts';
import type { Manager } from './managers.ts';

/** What installs packages elsewhere: what becomes of it, and what is named. */
export interface Lines {
  edits: Map<string, SpanEdit[]>;
  left: (Location & { rule: string; reason: string })[];
}

interface Work extends Lines {
  from: Manager;
  to: Manager;
  version: string;
}

/**
 * Lines of CI and images that install packages with the old manager.
 *
 * @param wanted whether the user said that they are to be changed; else each is named
 */
export async function installLines(
  { paths, read }: CodemodInput,
  from: Manager,
  to: Manager,
  version: string,
  wanted: boolean,
): Promise<Lines> {
  const work: Work = { edits: new Map(), left: [], from, to, version };
  for (const path of paths) {
    if (!isWorkflow(path) && placeOf(path) === null) continue;
    const text = await read(path);
    if (text === null) continue;
    const own = !wanted
      ? null
      : isWorkflow(path)
        ? inWorkflow(path, text, work)
        : isDockerfile(path)
          ? inImage(path, text, work)
          : null;
    if (own === null) named(path, text, work);
    else if (own.length > 0)
      work.edits.set(
        path,
        own.sort((a, b) => a.span.start - b.span.start),
      );
  }
  return work;
}

/** The same install for the new manager; null where a program installs nothing, or otherwise. */
function installOf({ word, args }: Program, { from, to }: Work): string | null {
  if (word.text !== from.name) return null;
  const words = args.map(({ text }) => text);
  const exact = {
    npm: words[0] === 'ci',
    pnpm: words[0] === 'install' && words.includes('--frozen-lockfile'),
    yarn: words.some((each) => /^--(?:frozen-lockfile|immutable)$/.test(each)),
    bun: (words[0] === 'install' && words.includes('--frozen-lockfile')) || words[0] === 'ci',
  }[from.name];
  const others = words.filter(
    (each) => !/^(?:ci|install|i|--frozen-lockfile|--immutable|--no-audit|--no-fund)$/.test(each),
  );
  const production = others.filter((each) => /^(?:--omit=dev|--production|--prod|-P)$/.test(each));
  const rest = others.filter((each) => !production.includes(each));
  if (!exact || rest.some((each) => each !== '--ignore-scripts')) return null;
  const flags = [
    ...(production.length > 0 ? [to.name === 'npm' ? '--omit=dev' : '--production'] : []),
    ...rest,
  ];
  return [...(to.name === 'npm' ? ['npm', 'ci'] : ['bun', 'install', '--frozen-lockfile']), ...flags].join(
    ' ',
  );
}

const spanIn = ({ word, args }: Program, at: number) => ({
  start: at + word.start,
  end: at + (args.at(-1)?.end ?? word.end),
});

/** Steps of one line; the job gets the manager before the first of them. */
function inWorkflow(path: string, text: string, work: Work): SpanEdit[] {
  const workflow = readWorkflow(path, text, new Map());
  const edits: SpanEdit[] = [];
  for (const job of workflow?.jobs ?? []) {
    let isSetUp = false;
    for (const { node, start, uses, command } of job.steps) {
      // On a condition it is not there for all, and behind the install it comes too late.
      if (uses.startsWith('oven-sh/setup-bun@') && !node.has('if')) isSetUp = true;
      const value = node.get('run', true);
      const [only, ...more] = programsIn(command.trim());
      const becomes = only && more.length === 0 ? installOf(only, work) : null;
      if (becomes !== null && isScalar(value) && value.range && value.type === 'PLAIN') {
        edits.push({ span: { start: value.range[0], end: value.range[1] }, text: becomes, rule: 'ci' });
        if (!isSetUp && work.to.name === 'bun') {
          const at = lineWithComments(text, start);
          const step = [['uses: oven-sh/setup-bun@v2', 'with:', `  bun-version: ${work.version}`]];
          edits.push({ span: { start: at, end: at }, text: stepsLike(start, step, text), rule: 'ci' });
          isSetUp = true;
        }
      } else if (programsIn(command).some((each) => isInstall(each, work)))
        work.left.push({
          ...at(path, text, start),
          rule: 'ci',
          reason: wordsFor(command.trim(), work),
        });
      const given = uses.startsWith('actions/setup-node@') ? node.get('with') : null;
      const cache = isMap(given)
        ? given.items.find(({ key }) => isScalar(key) && key.value === 'cache')
        : undefined;
      const key = cache?.key;
      if (isScalar(key) && key.range && isScalar(cache?.value) && cache.value.value === work.from.name) {
        const line = text.lastIndexOf('\n', key.range[0]) + 1;
        const end = text.indexOf('\n', key.range[0]) + 1;
        edits.push({ span: { start: line, end: end === 0 ? text.length : end }, text: '', rule: 'ci' });
      }
    }
  }
  return edits;
}

/** `RUN npm ci` and the lockfile that is copied for it; Bun itself comes out of its own image. */
function inImage(path: string, text: string, work: Work): SpanEdit[] {
  const edits: SpanEdit[] = [];
  let system = '';
  let has = work.to.name === 'npm';
  for (const one of instructions(text)) {
    if (one.keyword === 'FROM') {
      const image = stageOf(one)?.image.text ?? '';
      system = /alpine/.test(image) ? '-alpine' : '';
      has = work.to.name === 'npm' || /(?:^|\/)bun(?::|$)/.test(image);
    }
    if (one.keyword === 'COPY' || one.keyword === 'ADD')
      for (const word of wordsOf(one.value))
        if (word.text.replace(/^\.\//, '') === work.from.lockfile)
          edits.push({
            span: { start: one.at + word.start, end: one.at + word.end },
            text: work.to.lockfile,
            rule: 'image',
          });
    if (one.keyword !== 'RUN') continue;
    for (const program of programsIn(one.value).filter((each) => isInstall(each, work))) {
      const becomes = installOf(program, work);
      if (becomes === null) {
        work.left.push({ ...at(path, text, one.start), rule: 'image', reason: wordsFor(one.value, work) });
        continue;
      }
      edits.push({ span: spanIn(program, one.at), text: becomes, rule: 'image' });
      if (has) continue;
      const bun = `COPY --from=oven/bun:${work.version}${system} /usr/local/bin/bun /usr/local/bin/bun${lineEnding(text)}`;
      edits.push({ span: { start: one.start, end: one.start }, text: bun, rule: 'image' });
      has = true;
    }
  }
  return edits;
}

/** Whether a program installs what package.json asks for, and no package by name. */
function isInstall({ word, args }: Program, { from }: Work): boolean {
  const words = args.map(({ text }) => text);
  const [verb = 'install', ...names] = words.filter((each) => !each.startsWith('-'));
  const isGlobal = words.some((each) => /^(?:-g|--global)$/.test(each));
  return word.text === from.name && /^(?:ci|i|install)$/.test(verb) && names.length === 0 && !isGlobal;
}

/** Where a text installs, each line once. */
function named(path: string, text: string, work: Work): void {
  let offset = 0;
  for (const line of text.split('\n')) {
    const plain = line.replace(/^\s*(?:-\s+)?(?:run:|RUN)?\s*/, '');
    if (programsIn(plain).some((each) => isInstall(each, work)))
      work.left.push({
        ...at(path, text, offset + line.search(/\S/)),
        rule: 'ci',
        reason: wordsFor(plain.trim(), work),
      });
    offset += line.length + 1;
  }
}

const at = (file: string, text: string, offset: number): Location => ({ file, ...position(text, offset) });
const wordsFor = (command: string, { from }: Work): string =>
  `\`${command.split('\n')[0]}\` installs with ${from.name}, whose lockfile goes`;
