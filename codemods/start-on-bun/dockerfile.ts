import { programsIn, type Word } from '../../src/workspace/command-line.ts';
import { type Instruction, instructions, stageOf, wordsOf } from '../shared/docker/instructions.ts';
import { type Become, type Bun, type Change, jsonOnBun, shellOnBun } from './command.ts';
import { imageOnBun, userOnBun } from './image.ts';
import { split } from './split.ts';

/** What becomes of a Dockerfile: the changes of its last stage, or why it stays and where. */
export type Image = { changes: Change[] } | { reason: string; at: number } | null;

/**
 * Puts the image of Bun under the stage that production starts. Those before it, which install and build, stay; of one
 * stage alone two are made.
 */
export function dockerfileOnBun(text: string, bun: Bun): Image {
  const all = instructions(text);
  const last = all.findLastIndex(({ keyword }) => keyword === 'FROM');
  const from = all[last];
  const base = from && stageOf(from);
  if (!from || !base) return null;
  const { image } = base;
  const earlier = all
    .slice(0, last)
    .flatMap((one) => (one.keyword === 'FROM' ? (stageOf(one)?.name ?? []) : []));
  if (earlier.includes(image.text.toLowerCase()))
    return {
      reason: `its last stage is made from \`${image.text}\`, whose image builds as well`,
      at: from.start,
    };
  const becomes = imageOnBun(image.text, bun.version);
  if (becomes === null) return null;
  if (!all.slice(last).some(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT'))
    return { reason: 'it names no command', at: from.start };
  const parted = last === 0 ? split(text, all, becomes) : null;
  if (parted && 'reason' in parted) return parted;
  const changes = parted?.changes ?? [{ start: image.start, end: image.end, text: becomes }];
  let starts = false;
  for (const one of parted?.rest ?? all.slice(last + 1)) {
    const become = instructionOnBun(one, bun);
    if (become && 'reason' in become) return { reason: become.reason, at: one.start };
    const own = (become?.changes ?? []).map((change) => moved(change, one.at));
    if (/^(?:CMD|ENTRYPOINT)$/.test(one.keyword) && own.length > 0) starts = true;
    changes.push(...own);
  }
  return starts ? { changes } : { reason: 'what it starts is not Node itself', at: from.start };
}

/** Offsets within the value of the instruction. */
function instructionOnBun({ keyword, value }: Instruction, bun: Bun): Become {
  if (keyword === 'CMD' || keyword === 'ENTRYPOINT') return commandOnBun(value, bun);
  if (keyword === 'HEALTHCHECK') {
    const found = /\bCMD\s+/.exec(value);
    if (!found) return null;
    const skipped = found.index + found[0].length;
    const become = commandOnBun(value.slice(skipped), bun);
    return become && 'changes' in become
      ? { changes: become.changes.map((change) => moved(change, skipped)) }
      : become;
  }
  if (keyword === 'USER') return { changes: renamed(wordsOf(value)) };
  if (keyword === 'COPY' || keyword === 'ADD') {
    const owned = wordsOf(value).flatMap(({ text, start, end }) =>
      text.startsWith('--chown=') ? [{ text: text.slice(8), start: start + 8, end }] : [],
    );
    return { changes: renamed(owned) };
  }
  if (keyword !== 'RUN') return null;
  const ran = shellOnBun(value, bun);
  // What Node runs while the image is made is no matter of what production starts.
  if (ran !== null) return 'reason' in ran ? ran : { reason: 'it runs Node while the image is made' };
  const owners = programsIn(value).flatMap(({ word, args }) =>
    word.text === 'chown' ? args.filter(({ text }) => /^node(?::|$)/.test(text)) : [],
  );
  return { changes: renamed(owners) };
}

const commandOnBun = (value: string, bun: Bun): Become =>
  value.startsWith('[') ? jsonOnBun(value, bun) : shellOnBun(value, bun);

const renamed = (users: readonly Word[]): Change[] =>
  users.flatMap(({ text, start, end }) =>
    userOnBun(text) === text ? [] : [{ start, end, text: userOnBun(text) }],
  );

const moved = ({ start, end, text }: Change, by: number): Change => ({
  start: start + by,
  end: end + by,
  text,
});
