import type { RouteNeed } from '../../model/inventory.ts';
import type { Call, Flow } from '../../workspace/syntax/flow/flow.ts';
import type { ExternalValue } from '../../workspace/syntax/flow/values.ts';
import { argumentsOf, calleeOf, child, isMember, memberName } from '../../workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../workspace/syntax/parse.ts';
import { splitSpecifier } from '../../workspace/syntax/resolve.ts';
import { evidenceIn } from '../evidence.ts';
import type { Application } from '../program.ts';
import type { Survey } from '../survey/index.ts';
import { memory } from './memory.ts';
import { type Keyed, keyed, outsideNeeds } from './outside.ts';

/** Answers of Express that read a file from the disk. */
const FROM_DISK = new Set(['sendFile', 'sendfile', 'download', 'render']);

interface Direct {
  needs: readonly Keyed[];
  /** What the files that calls are not followed into use, a list a file. */
  outside: readonly (readonly Keyed[])[];
  /** Functions of the repository it calls. */
  calls: readonly { file: ParsedFile; node: SyntaxNode }[];
}

/**
 * What functions use outside the language: builtins, packages, the process's memory, files. Follows calls through the
 * repository's own functions; a call that could not be followed adds nothing. Each is given once.
 *
 * @returns asks for the needs of functions that run one after another; `isWanted` tells which of them count
 */
export function functionNeeds(
  application: Application,
  survey: Survey,
): (
  functions: readonly { file: ParsedFile; node: SyntaxNode }[],
  isWanted: (need: RouteNeed) => boolean,
) => Map<string, RouteNeed> {
  const { flow } = application;
  const elsewhere = outsideNeeds(application, survey);
  const callsIn = callIndex(flow);
  const memoryOf = memory(flow);
  const direct = new Map<SyntaxNode, Direct>();

  return (functions, isWanted) => {
    const needs = new Map<string, RouteNeed>();
    const note = ({ key, need }: Keyed) => {
      if (!needs.has(key) && isWanted(need)) needs.set(key, need);
    };
    const visited = new Map<SyntaxNode, ParsedFile>();
    const taken = new Set<readonly Keyed[]>();
    const waiting = functions.map(({ file, node }) => ({ file, node }));
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if (visited.has(next.node)) continue;
      visited.set(next.node, next.file);
      const found = direct.get(next.node) ?? inspect(flow, callsIn, elsewhere, next.file, next.node);
      direct.set(next.node, found);
      for (const list of found.outside) {
        if (!taken.has(list)) list.forEach(note);
        taken.add(list);
      }
      found.needs.forEach(note);
      waiting.push(...found.calls);
    }
    for (const [node, file] of visited) memoryOf(file, node, visited).map(keyed).forEach(note);
    return needs;
  };
}

/** Calls by file, in source order, so that those inside a function are one slice. */
function callIndex(flow: Flow): (file: ParsedFile, node: SyntaxNode) => Call[] {
  const byFile = new Map<ParsedFile, Call[]>();
  for (const call of flow.calls) {
    const list = byFile.get(call.file);
    if (list) list.push(call);
    else byFile.set(call.file, [call]);
  }
  for (const list of byFile.values()) list.sort((a, b) => a.node.start - b.node.start);
  return (file, { start, end }) => {
    const list = byFile.get(file) ?? [];
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle]?.node.start ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    const found: Call[] = [];
    for (let at = low; at < list.length; at++) {
      const call = list[at];
      if (!call || call.node.start >= end) break;
      found.push(call);
    }
    return found;
  };
}

function inspect(
  flow: Flow,
  callsIn: ReturnType<typeof callIndex>,
  elsewhere: ReturnType<typeof outsideNeeds>,
  file: ParsedFile,
  node: SyntaxNode,
): Direct {
  const needs: Keyed[] = [];
  const calls: { file: ParsedFile; node: SyntaxNode }[] = [];
  for (const call of callsIn(file, node)) {
    const evidence = evidenceIn(file, file.locate(call.node.start), call.node.start, 'heuristic');
    for (const value of call.callee.values) {
      if (value.kind === 'function') calls.push({ file: value.file, node: value.node });
      else if (value.kind === 'class' && value.constructorFunction) {
        calls.push({ file: value.file, node: value.constructorFunction.node });
      } else if (value.kind === 'external') {
        for (const reached of [value, ...passedOn(flow, value)]) {
          if (reached.origin === 'global' || reached.module === 'express') continue;
          const isPackage = reached.origin === 'package';
          const member = isPackage ? withoutCalls(reached) : beforeFirstCall(reached);
          needs.push(
            keyed({
              ...evidence,
              kind: reached.origin,
              name: isPackage ? splitSpecifier(reached.module).name : reached.module.replace(/^node:/, ''),
              member,
            }),
          );
        }
      }
    }
    const callee = calleeOf(call.node);
    if (!isMember(callee)) continue;
    const name = memberName(callee) ?? '';
    const object = child(callee, 'object');
    const onResponse =
      object && flow.valuesOf(object).some((value) => value.kind === 'marker' && value.name === 'res');
    if (onResponse && FROM_DISK.has(name))
      needs.push(keyed({ ...evidence, kind: 'static', name: `res.${name}`, member: null }));
    if (onResponse && name === 'write')
      needs.push(keyed({ ...evidence, kind: 'stream', name: 'res.write', member: null }));
  }
  return { needs, outside: elsewhere(file, node), calls };
}

/** Functions of packages given to a call on the way to a value: `promisify(fs.readFile)` reaches `fs.readFile`. */
function passedOn(flow: Flow, value: ExternalValue): ExternalValue[] {
  return value.calls.flatMap((call) =>
    argumentsOf(call.node).flatMap((argument) =>
      flow
        .valuesOf(argument)
        .filter((item): item is ExternalValue => item.kind === 'external' && item.path.length > 0),
    ),
  );
}

/** `webhooks.constructEvent` of `new Stripe().webhooks.constructEvent`. */
function withoutCalls({ path }: ExternalValue): string | null {
  return path.filter((name) => name !== '()' && name !== 'default').join('.') || null;
}

function beforeFirstCall({ path }: ExternalValue): string | null {
  const end = path.indexOf('()');
  const names = (end === -1 ? path : path.slice(0, end)).filter((name) => name !== 'default');
  return names.length > 0 ? names.join('.') : null;
}
