import { parse } from 'jsonc-parser';
import type { Codemod, CodemodInput, CodemodOutput, SpanEdit } from '../../src/codemod/contract.ts';
import type { LeftForYou, Outcome } from '../../src/model/changeset.ts';
import { MigrateError } from '../../src/model/errors.ts';
import { ExitCode } from '../../src/model/exit.ts';
import { invocations } from '../../src/workspace/command-line.ts';
import { position } from '../../src/workspace/text.ts';
import { isCompose, isDockerfile } from '../shared/docker/names.ts';
import { type Change, shellOnBun } from './command.ts';
import { composeOnBun } from './compose.ts';
import { dockerfileOnBun } from './dockerfile.ts';
import { isPm2, pm2OnBun } from './pm2.ts';

const ID = 'start-on-bun';

const codemod: Codemod = {
  id: ID,
  title: 'What production starts, on Bun',
  from: 'node',
  to: 'bun',
  description: 'Dockerfile, Compose, Procfile and pm2 start the application with an exact version of Bun.',
  options: [{ name: 'bun', description: 'the exact version, as 1.4.5', required: true, default: '' }],
  prefilter: /\bnode\b|"?script"?\s*:/,
  unit: 'place',
  run,
};

export default codemod;

async function run(input: CodemodInput): Promise<CodemodOutput> {
  const version = String(input.options.bun ?? '');
  if (!/^\d+\.\d+\.\d+$/.test(version))
    throw new MigrateError('NO_VERSION', `--bun is an exact version such as 1.4.5, not "${version}".`, {
      exitCode: ExitCode.usage,
    });
  const bun = { version, start: await startsBun(input) };
  const edits = new Map<string, SpanEdit[]>();
  const [outcomes, leftForYou]: [Outcome[], LeftForYou[]] = [[], []];
  const texts = new Map<string, string>();
  for (const path of input.paths) {
    if (!isDockerfile(path) && !isCompose(path) && !isProcfile(path) && !isPm2(path)) continue;
    const text = await input.read(path);
    if (text !== null) texts.set(path, text);
  }

  const settle = (
    path: string,
    name: string,
    at: number,
    become: { changes: Change[] } | { reason: string },
  ) => {
    const place = { file: path, ...position(texts.get(path) ?? '', at) };
    if ('reason' in become) {
      outcomes.push({ ...place, name, outcome: 'kept', reason: become.reason });
      leftForYou.push({ ...place, codemod: ID, rule: 'start', reason: `${name}: ${become.reason}` });
      return;
    }
    outcomes.push({ ...place, name, outcome: 'converted' });
    const own = become.changes.map(({ start, end, text }) => ({ span: { start, end }, text, rule: 'start' }));
    edits.set(
      path,
      [...(edits.get(path) ?? []), ...own].sort((a, b) => a.span.start - b.span.start),
    );
  };

  let built = true;
  for (const [path, text] of texts) {
    if (!isDockerfile(path)) continue;
    const image = dockerfileOnBun(text, bun);
    if (image === null) continue;
    if ('reason' in image) built = false;
    settle(path, 'the image', 'reason' in image ? image.at : (image.changes[0]?.start ?? 0), image);
  }
  for (const [path, text] of texts) {
    if (isCompose(path))
      for (const { name, at, become } of composeOnBun(text, bun, built)) settle(path, name, at, become);
    if (isPm2(path)) for (const { name, at, become } of pm2OnBun(path, text)) settle(path, name, at, become);
    if (isProcfile(path))
      for (const { name, at, value } of processes(text)) {
        const become = shellOnBun(value, bun);
        if (become === null) continue;
        const start = at + name.length + 1;
        settle(
          path,
          name,
          at,
          'reason' in become ? become : { changes: become.changes.map((one) => moved(one, start)) },
        );
      }
  }
  return {
    ...{ edits, created: new Map(), deleted: [], skipped: new Map(), failed: new Map() },
    ...{ outcomes, leftForYou, limits: [] },
    next:
      edits.size > 0
        ? [
            `Build the image and ask its health check; machines that start it by themselves need Bun ${version}.`,
          ]
        : [],
  };
}

/** Whether `npm start` starts Bun: a step before wrote it so. */
async function startsBun({ read }: CodemodInput): Promise<boolean> {
  const text = await read('package.json');
  const command: unknown = text === null ? null : parse(text)?.scripts?.start;
  return typeof command === 'string' && invocations(command)[0]?.program === 'bun';
}

const isProcfile = (path: string): boolean => /(?:^|\/)Procfile$/.test(path);

const moved = ({ start, end, text }: Change, by: number): Change => ({
  start: start + by,
  end: end + by,
  text,
});

/** The processes of a Procfile: `web: node server.js`. `value` is all that stands after the colon. */
function processes(text: string): { name: string; at: number; value: string }[] {
  return [...text.matchAll(/^([\w-]+):(.*)$/gm)].map(({ 1: name = '', 2: value = '', index }) => ({
    ...{ name, at: index, value: value.trimEnd() },
  }));
}
