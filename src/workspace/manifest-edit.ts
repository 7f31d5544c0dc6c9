import { parseSync } from 'oxc-parser';
import gt from 'semver/functions/gt.js';
import minVersion from 'semver/ranges/min-version.js';
import validRange from 'semver/ranges/valid.js';
import { MigrateError } from '../model/errors.ts';
import type { Span } from '../model/location.ts';
import { DEPENDENCY_FIELDS, type DependencyField } from './package-json.ts';
import { lineEnding } from './text.ts';

/** A value that JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

interface Member {
  key: string;
  span: Span;
  value: Span;
  members: readonly Member[] | null;
}

/**
 * Declares a dependency, editing the text in place: indentation, line endings, key order, byte order mark and the
 * final newline stay. A declared range is raised, never lowered, and one that is no semver range (`workspace:*`, a
 * git URL, a tag) is left as it is. A development dependency that is asked for at run time moves to `dependencies`.
 *
 * @returns the new text; the same string when nothing had to change
 */
export function setDependency(
  text: string,
  name: string,
  range: string,
  field: DependencyField = 'dependencies',
): string {
  const where = DEPENDENCY_FIELDS.map((one) => ({ one, at: find(text, [one, name]) })).filter(
    ({ at }) => at !== null,
  );
  const kept = where.find(({ one }) => one === field) ?? where.find(({ one }) => one !== 'devDependencies');
  const found = kept ?? where[0];
  if (!found?.at) return setField(text, [field, name], range, true);
  const present = String(JSON.parse(text.slice(found.at.value.start, found.at.value.end)));
  const wanted = isHigher(range, present) ? range : present;
  if (!kept && field !== 'devDependencies') {
    return setField(removeField(text, [found.one, name]), [field, name], wanted, true);
  }
  return wanted === present ? text : setField(text, [found.one, name], wanted);
}

function isHigher(range: string, present: string): boolean {
  const low = validRange(range) && minVersion(range);
  const now = validRange(present) && minVersion(present);
  return Boolean(low && now && gt(low, now));
}

/** Removes a dependency from every field (or the one given); a field left empty goes as well. */
export function removeDependency(text: string, name: string, field?: DependencyField): string {
  let now = text;
  for (const one of field ? [field] : DEPENDENCY_FIELDS) now = removeField(now, [one, name]);
  return now;
}

/**
 * Sets a field at a path (`['scripts', 'start']`), making objects on the way.
 *
 * @param sorted put a new key in alphabetical place if its neighbours are in alphabetical order
 */
export function setField(text: string, path: readonly string[], value: Json, sorted = false): string {
  const style = styleOf(text);
  const existing = find(text, path);
  if (existing) {
    const now = JSON.stringify(JSON.parse(text.slice(existing.value.start, existing.value.end)));
    if (now === JSON.stringify(value)) return text;
    return splice(text, existing.value, print(value, style, path.length));
  }
  const parentPath = path.slice(0, -1);
  const key = path[path.length - 1] ?? '';
  const parent = find(text, parentPath);
  if (!parent) return setField(text, parentPath, { [key]: value });
  if (parent.members === null) {
    throw new MigrateError(
      'BROKEN_PACKAGE_JSON',
      `package.json: "${parentPath.join('.')}" is not an object.`,
    );
  }
  const member = `${JSON.stringify(key)}:${style.space}${print(value, style, path.length)}`;
  const [first] = parent.members;
  if (!first) return splice(text, parent.value, print({ [key]: value }, style, parentPath.length));
  const gap = text.slice(parent.value.start + 1, first.span.start);
  const inOrder = parent.members.every((one, at, all) => at === 0 || (all[at - 1]?.key ?? '') < one.key);
  const previous = (sorted && inOrder ? parent.members.filter((one) => one.key < key) : parent.members).at(
    -1,
  );
  if (!previous) return splice(text, { start: first.span.start, end: first.span.start }, `${member},${gap}`);
  return splice(
    text,
    { start: previous.span.end, end: previous.span.end },
    `,${gap || style.space}${member}`,
  );
}

/** Removes a field; an object that becomes empty by it is removed too. The same string when it is not there. */
export function removeField(text: string, path: readonly string[]): string {
  const target = find(text, path);
  const parentPath = path.slice(0, -1);
  const siblings = find(text, parentPath)?.members;
  if (!target || !siblings) return text;
  if (siblings.length === 1 && parentPath.length > 0) return removeField(text, parentPath);
  const at = siblings.findIndex((one) => one.span.start === target.span.start);
  const [previous, next] = [siblings[at - 1], siblings[at + 1]];
  if (next) return splice(text, { start: target.span.start, end: next.span.start }, '');
  return splice(text, { start: previous?.span.end ?? target.span.start, end: target.span.end }, '');
}

interface Style {
  indent: string;
  newline: string;
  /** After a colon. */
  space: string;
}

function styleOf(text: string): Style {
  const indent = /\n([ \t]+)\S/.exec(text)?.[1] ?? (text.includes('\n') ? '  ' : '');
  return { indent, newline: lineEnding(text), space: /":\S/.test(text) && !/":\s/.test(text) ? '' : ' ' };
}

function print(value: Json, style: Style, depth: number): string {
  if (style.indent === '')
    return style.space ? JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ') : JSON.stringify(value);
  return JSON.stringify(value, null, style.indent).replaceAll(
    '\n',
    style.newline + style.indent.repeat(depth),
  );
}

const splice = (text: string, span: Span, by: string): string =>
  text.slice(0, span.start) + by + text.slice(span.end);

/** The text that was parsed last: each edit asks for several members of one text. */
let parsed: { text: string; root: Member | null } | null = null;

function find(text: string, path: readonly string[]): Member | null {
  if (parsed?.text !== text) parsed = { text, root: parse(text) };
  let at: Member | null = parsed.root;
  for (const key of path) at = at?.members?.findLast((member) => member.key === key) ?? null;
  return at;
}

// JSON is an expression of JavaScript: the parser we have anyway gives every member's place in the text.
function parse(text: string): Member | null {
  const bom = text.startsWith('\ufeff') ? 1 : 0;
  const { program, errors } = parseSync('manifest.js', `(${text.slice(bom)})`, { lang: 'js' });
  const [statement] = program.body;
  if (errors.length > 0 || statement?.type !== 'ExpressionStatement') return null;
  const shift = bom - 1;
  const read = (key: string, node: Node, value: Node): Member => ({
    key,
    span: { start: node.start + shift, end: node.end + shift },
    value: { start: value.start + shift, end: value.end + shift },
    members:
      value.type !== 'ObjectExpression'
        ? null
        : (value.properties ?? []).map((one) => read(String(one.key?.value), one, one.value ?? one)),
  });
  const wrapped = statement.expression as unknown as Node & { expression?: Node };
  const root =
    wrapped.type === 'ParenthesizedExpression' && wrapped.expression ? wrapped.expression : wrapped;
  return read('', root, root);
}

interface Node {
  type: string;
  start: number;
  end: number;
  properties?: (Node & { key?: { value: unknown }; value?: Node })[];
}
