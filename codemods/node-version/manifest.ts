import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import satisfies from 'semver/functions/satisfies.js';
import validRange from 'semver/ranges/valid.js';
import { type Pin, versionPin } from './pin.ts';

/** `engines.node` where it does not allow the version, `volta.node`, and Node in `devEngines.runtime`. */
export function manifestPins(text: string, version: string): Pin[] {
  const root = parseTree(text.replace(/^\uFEFF/, ' '));
  if (!root) return [];
  const at = (...path: string[]) => stringAt(findNodeAtLocation(root, path));
  const [engines, volta, runtime] = [
    at('engines', 'node'),
    at('volta', 'node'),
    at('devEngines', 'runtime', 'version'),
  ];
  const isNodes = at('devEngines', 'runtime', 'name')?.value === 'node';
  return [
    ...(engines ? rangePin(engines, 'engines.node', version) : []),
    ...(volta ? versionPin(volta.value, volta.start, 'volta.node', version) : []),
    ...(runtime && isNodes ? rangePin(runtime, 'devEngines.runtime', version) : []),
  ];
}

interface Text {
  value: string;
  /** Behind the quote. */
  start: number;
}

const stringAt = (node: Node | undefined): Text | null =>
  node?.type === 'string' ? { value: String(node.value), start: node.offset + 1 } : null;

/** A range that allows the version says nothing wrong; another one is moved on in the form that it has. */
function rangePin({ value, start }: Text, name: string, version: string): Pin[] {
  if (validRange(value) !== null && satisfies(version, value)) return [];
  const major = Number.parseInt(version, 10);
  const span = { start, end: start + value.length };
  const forms: readonly (readonly [RegExp, string])[] = [
    [/^\d+$/, `${major}`],
    [/^v?\d+\.(?:x|\*)(?:\.(?:x|\*))?$/, `${major}.x`],
    [/^\d+(?:\.\d+){1,2}$/, version],
    [/^\^\d+(?:\.\d+){0,2}$/, `^${version}`],
    [/^~\d+(?:\.\d+){0,2}$/, `~${version}`],
    [/^>=\s?\d+(?:\.\d+){0,2} <\s?\d+(?:\.0){0,2}$/, `>=${version} <${major + 1}`],
  ];
  const becomes = forms.find(([form]) => form.test(value))?.[1];
  return becomes === undefined
    ? [{ span, name, reason: `\`${value}\` does not allow ${version}, and what it shall allow is not known` }]
    : [{ span, name, becomes }];
}
