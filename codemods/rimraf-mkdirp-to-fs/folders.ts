import type { ASTPath, CallExpression } from 'jscodeshift';
import { declareInstead, keptWhole, type Wanted } from '../shared/transform/declare.ts';
import { type Loading, loadingsOf } from '../shared/transform/loadings.ts';
import type { WholeRun } from '../shared/transform/ordinary.ts';
import { majorOf } from '../shared/transform/surroundings.ts';
import { isUnread, leaveOthers, type Use, usesOf } from '../shared/transform/uses.ts';
import type { Work } from '../shared/transform/work.ts';
import { mayBeGlob } from './globs.ts';
import { optionsOf } from './options.ts';

const PACKAGES = ['rimraf', 'mkdirp'] as const;
type Package = (typeof PACKAGES)[number];
const isOurs = (module: string): module is Package => module === 'rimraf' || module === 'mkdirp';

/** How a call waits for the end: not at all, by a function that is called, or by a promise. */
type Way = 'sync' | 'callback' | 'promise';

/** A call that can be written with `fs`. */
interface Written {
  use: Use;
  way: Way;
  options: string;
}

const FUNCTIONS: Readonly<Record<Package, string>> = { rimraf: 'rm', mkdirp: 'mkdir' };

function change(work: Work): void {
  const { loadings, others } = loadingsOf(work, isOurs);
  leaveOthers(work, others);
  for (const loading of loadings) {
    const { specifier } = loading;
    const need = { node: '14.18.0', feature: '`fs.rm`', browser: true };
    const kept = keptWhole(work, specifier.value, need);
    if (kept !== null) work.leave(specifier, kept.rule, kept.reason, kept.advice);
    else convert(work, loading, specifier.value as Package);
  }
}

/** All calls of one declaration, or none: one that stays needs the package. */
function convert(work: Work, loading: Loading, name: Package): void {
  const uses = usesOf(work, loading);
  const written: Written[] = [];
  for (const use of uses) {
    const found = writtenFor(work, use, name);
    if (typeof found !== 'string') written.push(found);
    else work.leave(use.node, 'use', found);
  }
  if (uses.length === 0) work.leave(loading.specifier, 'use', `nothing uses what is loaded of \`${name}\``);
  if (written.length < uses.length || uses.length === 0) return;

  const base = FUNCTIONS[name];
  const ways = new Set(written.map(({ way }) => way));
  const wanted: Wanted[] = [];
  const take = (imported: string, called = imported) => {
    const local = work.freeName(called);
    wanted.push({ imported, local });
    return local;
  };
  const onlyPromises = ways.size === 1 && ways.has('promise');
  const names: Partial<Record<Way, string>> = {
    ...(ways.has('sync') && { sync: take(`${base}Sync`) }),
    ...(ways.has('callback') && { callback: take(base) }),
    ...(ways.has('promise') && {
      promise: onlyPromises ? take(base) : `${take('promises', 'fsPromises')}.${base}`,
    }),
  };
  for (const { use, way, options } of written) {
    const given = use.call?.node.arguments ?? [];
    const [first, second] = given;
    if (first === undefined) continue;
    work.replace(use.whole.node, names[way] ?? base, 'call');
    const isOption = second !== undefined && (way !== 'callback' || given.length > 2);
    if (isOption) work.replace(second, options, 'options');
    else work.insertBehind(first, `, ${options}`, 'options');
    work.done(use.node, name);
  }
  declareInstead(work, loading, onlyPromises ? 'node:fs/promises' : 'node:fs', wanted, 'declaration');
}

/** How a use is written with `fs`, or why it stays. */
function writtenFor(work: Work, use: Use & { from: string }, name: Package): Written | string {
  const { from, members, whole, call } = use;
  const path = [...(from === '*' || from === 'default' ? [] : [from]), ...members].filter(
    (each) => each !== 'default',
  );
  const last = path.join('.');
  const isSync = ['sync', `${name}Sync`, `${name}.sync`].includes(last);
  if (!isSync && last !== '' && last !== name) return `\`${last}\` of ${name} has no counterpart in \`fs\``;
  if (call === null)
    return `\`${work.textOf(whole.node)}\` is handed on, and what it is called with is not known`;
  const given = call.node.arguments;
  const [first, ...others] = given;
  if (first === undefined || given.some(({ type }) => type === 'SpreadElement'))
    return 'what it is called with is not written out';
  if ((first as { extra?: { parenthesized?: boolean } }).extra?.parenthesized)
    return 'its path stands in parentheses of its own';
  if (first.type === 'ArrayExpression') return 'it is given several paths at once';
  const major = majorOf(work.around.manifest, name);
  const way = isSync ? 'sync' : wayOf(call, major, name);
  if (way !== 'sync' && way !== 'callback' && way !== 'promise') return way;
  // Before release 4 it gives nothing back, as `rmSync`.
  const isSilent = name === 'rimraf' && way === 'sync' && major !== null && major < 4;
  if (way !== 'callback' && !isSilent && !isUnread(way === 'promise' ? (call.parent as ASTPath) : call))
    return `what it gives back is read, and \`fs.${FUNCTIONS[name]}\` gives something else back`;
  const own = way === 'callback' ? others.slice(0, -1) : others;
  if (own.length > 1) return 'it is called with more than a path and options';
  const options = optionsOf(work, name, own[0], major);
  if (options === null) return `its options are not those of \`fs.${FUNCTIONS[name]}\``;
  const isGlobbed = name === 'rimraf' && (major === null || major < 4) && !options.noGlob;
  if (isGlobbed && mayBeGlob(work, first))
    return `\`${work.textOf(first)}\` may be a glob, which rimraf ${major ?? ''} follows and \`fs.rm\` does not`.replace(
      '  ',
      ' ',
    );
  return { use, way, options: options.text };
}

/** How an asynchronous call is waited for, or why that is not known. */
function wayOf(call: ASTPath<CallExpression>, major: number | null, name: Package): Way | string {
  if (major === null) return `whether it calls back or gives a promise depends on the release of ${name}`;
  const isPromise = name === 'rimraf' ? major >= 4 : major >= 1;
  const last = call.node.arguments.at(-1);
  const isInline = last?.type === 'ArrowFunctionExpression' || last?.type === 'FunctionExpression';
  if (isPromise) {
    if (isInline) return `${name} ${major} gives a promise and calls nothing back`;
    return (call.parent as ASTPath).node.type === 'AwaitExpression' ? 'promise' : 'its promise is handed on';
  }
  if (call.node.arguments.length < 2) return 'it is not waited for';
  if (name === 'rimraf') return isInline || last?.type === 'Identifier' ? 'callback' : 'it has no callback';
  return isInline && last.params.length < 2 ? 'callback' : 'its callback may read which folder was made';
}

const whole: WholeRun = { change, about: isOurs, packages: PACKAGES };

export default whole;
