/** A stack without its frames. */
export interface Stack {
  /** The text with {@link FRAMES} where the frames were: type and message of the error, and whatever stands around. */
  head: string;
  frames: string[];
}

/** Stands for frames taken out. */
export const FRAMES = '[frames]';

/** An end of a line as text, HTML, or a string inside a script writes it, and what error pages indent with. */
const LINE = '(?:\\r?\\n|<br ?/?>|\\\\n)';
const INDENT = '(?:[ \\t]|&nbsp;)*';
/** V8 (`at name (file:1:2)`, also in Bun and Deno) and JavaScriptCore (`name@file:1:2`). Tags in it are V8's own, and those that stand for a side's folder. */
const BODY =
  '(?:at (?:[^\\r\\n<\\\\]|<(?:anonymous|computed|dir|address|instance_members_initializer|static_initializer)>)+|[\\w$.<>]*@(?:\\[native code\\]|[^\\s<@]*/[^\\s<\\\\]*))';
const MANY = new RegExp(`${LINE}${INDENT}(${BODY})`, 'g');
const ENDS =
  /(?::\d+(?::\d+)?\)?|\((?:<anonymous>|&lt;anonymous&gt;|native|index \d+)\)|\[native code\]|^at (?:native|<anonymous>|&lt;anonymous&gt;))["'\s]*$/;

/** Splits a text that holds the stack of an error; null where it holds none. */
export function readStack(text: string): Stack | null {
  if (!/[ ;\n]at |@/.test(text)) return null;
  const frames: string[] = [];
  const marked = text.replace(MANY, (whole: string, frame: string) => {
    if (!ENDS.test(frame)) return whole;
    frames.push(frame.trim());
    return '\u0000';
  });
  return frames.length === 0 ? null : { head: marked.replace(/\u0000+/g, FRAMES), frames };
}

/** The same for a stack split into lines; null where an item is no text, or none of them is a frame. */
export const readStackLines = (lines: readonly unknown[]): Stack | null =>
  lines.every((line): line is string => typeof line === 'string')
    ? readStack(lines.map((line) => `\n${line}`).join(''))
    : null;

/** Frames in a few words. */
export const shownFrames = ({ frames }: Stack): string =>
  `${frames.length} ${frames.length === 1 ? 'frame' : 'frames'}, first ${frames[0]}`;
