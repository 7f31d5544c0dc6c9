import type { BuiltinUse, EnvironmentVariable, Sign } from '../../model/inventory.ts';
import { builtinUses, namesBuiltin } from '../../workspace/syntax/builtins.ts';
import { type ParsedFile, parseFile } from '../../workspace/syntax/parse.ts';
import { environmentReads } from '../environment/environment.ts';
import type { OpenFile } from '../environment/environment-schemas.ts';
import { snippetOf } from '../evidence.ts';
import type { SourceRule } from '../findings/rule.ts';
import { activeRules, type FileSeen, seenBy } from '../findings/seen-in.ts';
import { SERVER_PACKAGES } from '../frameworks.ts';
import { loadedPackages } from '../imported.ts';
import { isTestFile } from '../reach/test-files.ts';
import { signsIn } from './signs.ts';

/** One source, as it is handed to whoever reads it. */
export interface Source {
  path: string;
  /** The `type` of the nearest package.json. */
  packageType: string | undefined;
  /** Whether it may be the application's: of others nobody asks more than what they say of builtins and platforms. */
  isOwn: boolean;
}

/** What one source file says by itself. Small: the tree it was read from is not kept. */
export interface FileFacts {
  path: string;
  module: 'cjs' | 'esm';
  typescript: boolean;
  builtins: readonly BuiltinUse[];
  /** Of the application's own files alone, as all that follows but signs. */
  env: readonly EnvironmentVariable[];
  /** Server frameworks it loads when it runs. */
  frameworks: readonly string[];
  signs: readonly Sign[];
  /** What the rules of findings saw. */
  findings: FileSeen;
}

/** A file that does not parse: the message, which begins with `file:line:column`. */
export interface Unread {
  path: string;
  reason: string;
}

/**
 * Says what one source says; that it does not parse is an answer, too.
 *
 * @param text or the file, where it was parsed before
 */
export function readSource(
  { path, packageType, isOwn }: Source,
  text: string | ParsedFile,
  open: OpenFile,
  rules: readonly SourceRule[],
): FileFacts | Unread {
  try {
    const isLookedAt = isOwn && !isTestFile(path);
    const active = isLookedAt ? activeRules(path, typeof text === 'string' ? text : text.text, rules) : [];
    const whole = active.length > 0;
    const file = typeof text === 'string' ? parseFile(path, text, { packageType, whole }) : text;
    return factsOf(file, isOwn, open, active);
  } catch (error) {
    return { path, reason: (error as Error).message };
  }
}

/** @param active the rules that may see something in it */
function factsOf(file: ParsedFile, isOwn: boolean, open: OpenFile, active: readonly SourceRule[]): FileFacts {
  const { path, text, module, typescript } = file;
  const reach = isTestFile(path) ? 'test' : 'production';
  // First, as its names are resolved for the whole file: what comes after need not do so again.
  const findings = seenBy(file, active);
  let builtins: BuiltinUse[] = [];
  if (namesBuiltin(text)) {
    const lines = text.split(/\r\n|\n|\r/);
    builtins = builtinUses(file).map(({ module: name, member, location, unused }) => ({
      ...(unused && { unused }),
      location,
      snippet: snippetOf(lines, location),
      known: 'read',
      module: name,
      member,
      reach,
    }));
  }
  return {
    ...{ path, module, typescript, builtins },
    env: isOwn ? environmentReads(file, open) : [],
    frameworks: isOwn ? loadedPackages(file, SERVER_PACKAGES) : [],
    signs: signsIn(file),
    findings,
  };
}
