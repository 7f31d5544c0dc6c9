import { posix } from 'node:path';
import { programsIn } from '../../src/workspace/command-line.ts';
import { lineEnding } from '../../src/workspace/text.ts';
import { type Instruction, stageOf, wordsOf } from '../shared/docker/instructions.ts';
import { type Change, needsNode } from './command.ts';

/** What a stage begins with and holds in what follows: said again in the stage that is added. */
const SAID_AGAIN = /^(?:ENV|ARG|LABEL|EXPOSE|VOLUME|STOPSIGNAL)$/;
const STAGE = 'build';

/** A Dockerfile of one stage as two. */
export interface Split {
  /** Gives the first a name, and adds a stage on Bun's image with what the first has made. */
  changes: Change[];
  /** Instructions of the stage that starts. */
  rest: readonly Instruction[];
}

/**
 * Parts a Dockerfile of one stage behind the last instruction that needs Node while the image is made: what comes before
 * keeps Node, and its work folder is copied.
 *
 * @param image what the added stage is made from
 * @returns null where nothing in it needs Node then; why not, where what it makes is not all in its work folder
 */
export function split(
  text: string,
  all: readonly Instruction[],
  image: string,
): Split | { reason: string; at: number } | null {
  const last = all.findLastIndex(({ keyword, value }) => keyword === 'RUN' && needsNode(value));
  const [from] = all;
  const stage = from && stageOf(from);
  if (last === -1 || !stage) return null;
  const before = all.slice(1, last + 1);
  const folders = before.filter(({ keyword }) => keyword === 'WORKDIR');
  const [folder] = folders;
  if (!folder || folders.length > 1 || !posix.isAbsolute(folder.value))
    return {
      reason: 'it installs packages in a stage of its own only where it has one WORKDIR',
      at: all[last]?.start ?? 0,
    };
  for (const [i, one] of before.entries()) {
    const why =
      i < before.indexOf(folder) && !SAID_AGAIN.test(one.keyword)
        ? 'stands before WORKDIR'
        : leaves(one, folder.value);
    if (why !== null)
      return {
        reason: `\`${one.keyword} ${short(one.value)}\` ${why}, and a stage of its own would lose that`,
        at: one.start,
      };
  }
  const end = lineEnding(text);
  const again = before
    .filter(({ keyword }) => SAID_AGAIN.test(keyword))
    .map((one) => text.slice(one.start, one.end).trimStart());
  const added = [
    '',
    '',
    `FROM ${image}`,
    ...again,
    `WORKDIR ${folder.value}`,
    `COPY --from=${stage.name ?? STAGE} ${folder.value} ./`,
  ];
  const at = all[last]?.end ?? 0;
  return {
    changes: [
      ...(stage.name === null
        ? [{ start: stage.image.end, end: stage.image.end, text: ` AS ${STAGE}` }]
        : []),
      { start: at, end: at, text: added.join(end) },
    ],
    rest: all.slice(last + 1),
  };
}

/** What an instruction does outside of the work folder; null where that is nothing. */
function leaves({ keyword, value }: Instruction, folder: string): string | null {
  if (keyword === 'WORKDIR' || SAID_AGAIN.test(keyword)) return null;
  if (keyword === 'COPY' || keyword === 'ADD') {
    const target = wordsOf(value).at(-1)?.text ?? '';
    if (value.startsWith('[') || /--(?:from|chown)=/.test(value))
      return 'is more than a copy of files from here';
    const inside = posix.relative(folder, posix.resolve(folder, target));
    return inside.startsWith('..') ? 'is outside of WORKDIR' : null;
  }
  if (keyword !== 'RUN') return 'is about the image';
  const others = programsIn(value).find(({ word }) => !needsNode(word.text));
  const isGlobal = /(?:^|\s)(?:-g|--global|--location=global)(?:\s|$)/.test(value);
  return others !== undefined || isGlobal ? 'may change the image' : null;
}

const short = (value: string): string => {
  const [line = ''] = value.split('\n');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
};
