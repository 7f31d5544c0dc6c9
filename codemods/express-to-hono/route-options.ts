import type { Registration } from '../../src/workspace/express/program.ts';
import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import type { Conversion } from './conversion.ts';

/**
 * Express 4 answers OPTIONS for a `route()` chain with its methods in their order and HEAD last, but for single routes
 * with HEAD right after GET. A chain whose list would come out otherwise gets its answer written out.
 */
export function addRouteOptions(conversion: Conversion): void {
  if (conversion.version !== 4) return;
  const chains = new Map<SyntaxNode, Registration[]>();
  for (const registration of conversion.program.registrations) {
    if (registration.routeCall === null) continue;
    chains.set(registration.routeCall, [...(chains.get(registration.routeCall) ?? []), registration]);
  }
  for (const links of chains.values()) {
    const methods = [...new Set(links.map(({ method }) => method.toUpperCase()))];
    const last = links.reduce((end, link) => (link.call.end > end.call.end ? link : end));
    const text = last.paths[0]?.text ?? null;
    if (methods.length < 2 || methods.at(-1) === 'GET' || !methods.includes('GET') || text === null) continue;
    if (methods.some((method) => method === 'ALL' || method === 'OPTIONS' || method === 'HEAD')) continue;
    if (meetsOthers(conversion, links, text)) continue;
    const work = conversion.workOf(last.file);
    const { newline, indentAt } = work.layout;
    const allow = work.layout.string([...methods, 'HEAD'].join(','));
    const member = last.call.callee as SyntaxNode;
    const dot = work.file.text.slice(
      (member.object as SyntaxNode).end,
      (member.property as SyntaxNode).start,
    );
    const before = dot.includes('\n') ? newline + indentAt((member.property as SyntaxNode).start) : '';
    const answer = `.options(${work.layout.string(text)}, (c) => c.html(${allow}, 200, { Allow: ${allow} }))`;
    work.draft.insert(last.call.end, before + answer, 'routing/options');
  }
}

/** Other routes of the router may match the same path: then Express lists their methods as well. */
function meetsOthers(conversion: Conversion, links: readonly Registration[], path: string): boolean {
  return conversion.program.registrations.some(
    (other) =>
      other.on === links[0]?.on &&
      other.method !== 'use' &&
      other.method !== 'param' &&
      !links.includes(other) &&
      other.paths.some(({ text }) => text === null || text === path || (path !== '/' && /[:*(]/.test(text))),
  );
}
