import { parse } from 'jsonc-parser';

/** The scripts of a package.json by name, in their order; none where it is no JSON object. */
export function scriptTexts(text: string): Map<string, string> {
  const scripts: unknown = (parse(text.replace(/^\uFEFF/, '')) as { scripts?: unknown } | undefined)?.scripts;
  if (typeof scripts !== 'object' || scripts === null) return new Map();
  return new Map(
    Object.entries(scripts).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
