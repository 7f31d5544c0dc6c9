import { type Pin, versionPin } from './pin.ts';

const WHOLE = /(?:^|\/)\.(?:nvmrc|node-version)$/;
const TOOLS = /(?:^|\/)\.tool-versions$/;

export const isVersionFile = (path: string): boolean => WHOLE.test(path) || TOOLS.test(path);

/** `.nvmrc`, `.node-version`, and the line of Node in `.tool-versions` of asdf and mise. */
export function versionFilePins(path: string, text: string, version: string): Pin[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const line = WHOLE.test(path)
    ? /^\s*(?!#)(?<version>\S+)[ \t]*(?:#[^\n]*)?$/m
    : /^[ \t]*(?:nodejs|node)[ \t]+(?<version>\S+)[ \t]*(?:#[^\n]*)?\r?$/m;
  const found = new RegExp(line, 'dm').exec(text.replace(/^\uFEFF/, ' '));
  const [start] = found?.indices?.groups?.version ?? [];
  const written = found?.groups?.version;
  return start === undefined || written === undefined ? [] : versionPin(written, start, name, version);
}
