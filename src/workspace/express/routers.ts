import type { Flow } from '../syntax/flow/flow.ts';
import type { ExternalValue } from '../syntax/flow/values.ts';
import type { ParsedFile, SyntaxNode } from '../syntax/parse.ts';
import type { RouterValue } from './program.ts';
import { isRegistration, routerKind, routerMember } from './surface.ts';

type Draft = RouterValue & { references: { file: ParsedFile; node: SyntaxNode }[] };

/**
 * Every app and router, with the expressions that hold it. Routers of one factory are one value, unless callers of the
 * factory register on what they get: then each call has its own.
 */
export function collectRouters(flow: Flow): Map<ExternalValue, RouterValue> {
  const apart = filledByCallers(flow);
  const routers = new Map<ExternalValue, Draft>();
  const draftOf = (value: ExternalValue): Draft | null => {
    const known = routers.get(value);
    if (known !== undefined) return known;
    const kind = routerKind(value);
    const made = value.calls.at(-1);
    if (kind === null || made === undefined) return null;
    const original = value.copyOf === null ? null : draftOf(value.copyOf);
    let router = original;
    if (router === null || (value.copyOf !== null && apart.has(value.copyOf))) {
      const own = `${made.file.path}:${made.node.start}`;
      router = {
        id: original === null ? own : `${own}#${routers.size}`,
        kind,
        file: made.file,
        creation: made.node,
        location: made.file.locate(made.node.start),
        ...(original === null ? {} : { copyOf: original }),
        references: [],
        escapes: [],
      };
    }
    routers.set(value, router);
    return router;
  };
  for (const file of flow.files.values()) {
    flow.eachHolding(file, (node, { values }) => {
      for (const value of values) {
        if (value.kind !== 'external') continue;
        const router = draftOf(value);
        if (router !== null && node !== router.creation) router.references.push({ file, node });
      }
    });
  }
  return routers;
}

/** Values made by a factory with several calls, at least one of which is registered on outside the factory. */
function filledByCallers(flow: Flow): Set<ExternalValue> {
  const copies = new Map<ExternalValue, Set<ExternalValue>>();
  const filled = new Set<ExternalValue>();
  for (const { values } of flow.calls.flatMap(({ arguments: args }) => args)) {
    for (const value of values) if (value.kind === 'external') note(value);
  }
  for (const { callee, node } of flow.externalCalls) {
    const found = routerMember(callee);
    if (found === null) continue;
    note(found.router);
    if (found.router.copyOf !== null && isRegistration(found, node)) filled.add(found.router.copyOf);
  }
  function note(value: ExternalValue): void {
    if (value.copyOf === null) return;
    const list = copies.get(value.copyOf) ?? new Set();
    copies.set(value.copyOf, list.add(value));
  }
  return new Set([...filled].filter((value) => (copies.get(value)?.size ?? 0) > 1));
}
