import { parseTree } from 'jsonc-parser';
import { programsIn, type Word } from '../../src/workspace/command-line.ts';

/** A text in place of another; offsets are those of the text that was looked at. */
export interface Change {
  start: number;
  end: number;
  text: string;
}

/** What Bun is, and what runs on it already. */
export interface Bun {
  /** Exact: `1.4.5`. */
  version: string;
  /** The start script of package.json starts Bun. */
  start: boolean;
}

/** What becomes of a command: changes, or why it stays. Null where it starts neither Node nor what comes with it. */
export type Become = { changes: Change[] } | { reason: string } | null;

/** Programs that come with Node's image, and not with Bun's. */
const WITH_NODE = /^(?:npm|npx|pnpm|pnpx|yarn|corepack|tsx|ts-node|nodemon|pm2|pm2-runtime)$/;
/** Options of Node that are followed by a program's text, and are Bun's as well. */
const EVALUATES = /^(?:-e|--eval|-p|--print)$/;

/** Whether a command line starts what comes with Node's image only. */
export const needsNode = (command: string): boolean =>
  programsIn(command).some(({ word }) => {
    const name = word.text.slice(word.text.lastIndexOf('/') + 1);
    return WITH_NODE.test(name) || name === 'node';
  });

/** A command line of a shell, with Bun in the place of Node. */
export function shellOnBun(command: string, bun: Bun): Become {
  const changes: Change[] = [];
  for (const { word, args } of programsIn(command)) {
    const one = programOnBun(word, args, bun);
    if (one && 'reason' in one) return one;
    if (one) changes.push(...one.changes);
  }
  return changes.length > 0 ? { changes } : null;
}

/** The words of a list, as Docker and Compose start them without a shell. Quotes count to a word's place. */
export function listOnBun(words: readonly Word[], bun: Bun): Become {
  const [program, ...args] = words;
  if (!program) return null;
  if (/(?:^|\/)(?:ba|da|a)?sh$/.test(program.text))
    return args.some(({ text }) => shellOnBun(text, bun) !== null)
      ? { reason: 'a shell that is given as a list starts it' }
      : null;
  return programOnBun(program, args, bun);
}

/** `["node", "server.js"]`: null where it is no list of JSON. */
export function jsonOnBun(text: string, bun: Bun): Become {
  const list = parseTree(text);
  if (list?.type !== 'array') return null;
  return listOnBun(
    (list.children ?? []).map(({ value, offset, length }) => ({
      ...{ text: String(value), start: offset + 1, end: offset + length - 1 },
    })),
    bun,
  );
}

function programOnBun({ text, start, end }: Word, args: readonly Word[], bun: Bun): Become {
  const name = text.slice(text.lastIndexOf('/') + 1);
  const run = args.map((word) => word.text).join(' ');
  // `bun start` runs the script; of other names Bun has commands of its own.
  if (text === 'npm' && /^(?:run )?start$/.test(run) && bun.start)
    return { changes: [{ start, end, text: 'bun' }] };
  if (WITH_NODE.test(name)) return { reason: `it runs \`${name}\`, which the image of Bun does not have` };
  if (name !== 'node' && name !== 'nodejs') return null;
  const [flag] = args;
  if (flag?.text.startsWith('-') && !EVALUATES.test(flag.text))
    return { reason: `what \`${flag.text}\` of Node is on Bun was not measured` };
  if (end - start !== text.length) return { reason: 'its program is not written out' };
  return { changes: [{ start, end, text: 'bun' }] };
}
