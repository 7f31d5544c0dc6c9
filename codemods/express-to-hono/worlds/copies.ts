import type { Span } from '../../../src/model/location.ts';
import type { HandlerArgument, Place } from '../../../src/workspace/express/program.ts';
import { packagesIn } from '../../../src/workspace/express/registrations.ts';
import { argumentsOf, isCall, isFunction } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { walk } from '../../../src/workspace/syntax/walk.ts';
import { hasReplacement } from '../bridge/replaced-packages.ts';
import type { FileWork } from '../state/conversion.ts';
import type { Natives } from '../state/native.ts';
import type { Element } from '../state/worlds.ts';

/**
 * Why a statement that both worlds need cannot be written twice; null when it can. Each world would have a state of its
 * own where the statement makes one: a value made there is made once, or not at all.
 */
export function copyProblem({ registrations }: Element): string | null {
  for (const { handlers } of registrations) {
    for (const argument of handlers) {
      const made = argument.kind === 'array' ? argument.items : [argument];
      if (made.some((each) => makesMore(each)))
        return 'it makes a value where it is registered, and each world would have one of its own';
    }
  }
  return null;
}

/** Package calls of a statement that are made once for both worlds; what only describes a parser is made twice. */
export function sharedCalls({ registrations }: Element, natives: Natives | undefined): Place[] {
  return registrations.flatMap(({ file, handlers }) =>
    handlers
      .flatMap(packagesIn)
      .filter((each) => each.file === file && isCall(each.node) && !hasReplacement(each, natives)),
  );
}

function makesMore(argument: HandlerArgument): boolean {
  if (argument.kind === 'package' || argument.kind === 'router') return false;
  if (argument.kind === 'factory') return argumentsOf(argument.call.node).some(makesValue);
  return argument.kind === 'array' ? argument.items.some(makesMore) : makesValue(argument.node);
}

/** Whether an expression calls or constructs something by itself. */
export function makesValue(node: SyntaxNode): boolean {
  let found = false;
  walk(node, {
    enter(each) {
      if (isFunction(each)) return 'skip';
      if (/^(Call|New|Tagged\w*)Expression$/.test(each.type)) found = true;
      return undefined;
    },
  });
  return found;
}

/**
 * A stretch of a file as it stands, with the names of what both worlds run in place of the calls that make it, and the
 * constants that go before it, each followed by `end`.
 */
export function withShared(
  work: FileWork,
  shared: ReadonlyMap<SyntaxNode, string>,
  span: Span,
  end: string,
): { constants: string; rest: string } {
  const { text } = work.file;
  let [constants, rest, at] = ['', '', span.start];
  for (const [call, name] of shared) {
    // Offsets say nothing about a call of another file.
    if (!work.parents.has(call) || call.start < span.start || call.end > span.end) continue;
    constants += `const ${name} = ${text.slice(call.start, call.end)}${work.layout.semicolon}${end}`;
    rest += text.slice(at, call.start) + name;
    at = call.end;
  }
  return { constants, rest: rest + text.slice(at, span.end) };
}
