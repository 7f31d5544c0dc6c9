import { programsIn, type Word } from '../../src/workspace/command-line.ts';
import { type Become, type Change, jsonOnBun, shellOnBun } from './command.ts';
import { imageOnBun, userOnBun } from './image.ts';

/** One instruction, with its value as it is written, continuation lines included. */
interface Instruction {
  keyword: string;
  value: string;
  /** Of the value, and of the instruction. */
  at: number;
  start: number;
}

/** What becomes of a Dockerfile: the changes of its last stage, or why it stays and where. */
export type Image = { changes: Change[] } | { reason: string; at: number } | null;

export const isDockerfile = (path: string): boolean =>
  /(^|\/)(Dockerfile|Containerfile)(\.[\w.-]+)?$|\.[dD]ockerfile$/.test(path);

/** Puts the image of Bun under the stage that production starts. Those before it, which install and build, stay. */
export function dockerfileOnBun(text: string, version: string): Image {
  const all = instructions(text);
  const from = all.findLastIndex(({ keyword }) => keyword === 'FROM');
  const base = all[from];
  if (!base) return null;
  const names = all
    .slice(0, from)
    .flatMap(({ keyword, value }) => (keyword === 'FROM' ? stageName(value) : []));
  const image = words(base).find((word) => !word.text.startsWith('--'));
  if (!image) return null;
  if (names.includes(image.text.toLowerCase()))
    return {
      reason: `its last stage is made from \`${image.text}\`, whose image builds as well`,
      at: base.start,
    };
  const bun = imageOnBun(image.text, version);
  if (bun === null) return null;
  const changes: Change[] = [{ start: image.start, end: image.end, text: bun }];
  const stage = all.slice(from + 1);
  if (!stage.some(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT'))
    return { reason: 'it names no command', at: base.start };
  for (const one of stage) {
    const become = instructionOnBun(one);
    if (become && 'reason' in become) return { reason: become.reason, at: one.start };
    changes.push(...(become?.changes ?? []).map((change) => moved(change, one.at)));
  }
  const starts = stage.some(
    (one) => /^(?:CMD|ENTRYPOINT)$/.test(one.keyword) && commandOnBun(one.value) !== null,
  );
  return starts ? { changes } : { reason: 'what it starts is not Node itself', at: base.start };
}

/** Offsets within the value of the instruction. */
function instructionOnBun({ keyword, value }: Instruction): Become {
  if (keyword === 'CMD' || keyword === 'ENTRYPOINT') return commandOnBun(value);
  if (keyword === 'HEALTHCHECK') {
    const found = /\bCMD\s+/.exec(value);
    if (!found) return null;
    const skipped = found.index + found[0].length;
    const become = commandOnBun(value.slice(skipped));
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
  const ran = shellOnBun(value);
  // What Node runs while the image is made is no matter of what production starts.
  if (ran !== null) return 'reason' in ran ? ran : { reason: 'it runs Node while the image is made' };
  const owners = programsIn(value).flatMap(({ word, args }) =>
    word.text === 'chown' ? args.filter(({ text }) => /^node(?::|$)/.test(text)) : [],
  );
  return { changes: renamed(owners) };
}

const commandOnBun = (value: string): Become =>
  value.startsWith('[') ? jsonOnBun(value) : shellOnBun(value);

const renamed = (users: readonly Word[]): Change[] =>
  users.flatMap(({ text, start, end }) =>
    userOnBun(text) === text ? [] : [{ start, end, text: userOnBun(text) }],
  );

const moved = ({ start, end, text }: Change, by: number): Change => ({
  start: start + by,
  end: end + by,
  text,
});

const wordsOf = (value: string): Word[] =>
  [...value.matchAll(/\S+/g)].map(({ 0: text, index }) => ({ text, start: index, end: index + text.length }));

const words = ({ value, at }: Instruction): Word[] =>
  wordsOf(value).map(({ text, start, end }) => ({ text, start: start + at, end: end + at }));

function stageName(value: string): string[] {
  const all = wordsOf(value).map(({ text }) => text);
  const as = all.findIndex((word) => word.toLowerCase() === 'as');
  return as === -1 ? [] : [(all[as + 1] ?? '').toLowerCase()];
}

/** Instructions in order. Comments and the texts of heredocs are none. */
function instructions(text: string): Instruction[] {
  const found: Instruction[] = [];
  const lines = [...text.matchAll(/.*\n?/g)].map(({ 0: line, index }) => ({ line, start: index }));
  for (let at = 0; at < lines.length; at += 1) {
    const { line = '', start = 0 } = lines[at] ?? {};
    const head = /^\s*([A-Za-z]+)\s+/.exec(line);
    if (!head) continue;
    let last = at;
    while (/\\\s*$/.test(lines[last]?.line ?? '') && last + 1 < lines.length) last += 1;
    const end = (lines[last]?.start ?? 0) + (lines[last]?.line.trimEnd().length ?? 0);
    const value = text.slice(start + head[0].length, end);
    found.push({ keyword: (head[1] ?? '').toUpperCase(), value, at: start + head[0].length, start });
    const heredoc = /<<-?["']?(\w+)["']?/.exec(value)?.[1];
    at = last;
    while (heredoc && at + 1 < lines.length && lines[at]?.line.trim() !== heredoc) at += 1;
  }
  return found;
}
