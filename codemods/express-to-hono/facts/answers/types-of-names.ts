import { literalText, unwrap } from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';

/** Content types of extensions, as they are registered. */
const TYPES: Readonly<Record<string, string>> = {
  ...{ txt: 'text/plain; charset=utf-8', csv: 'text/csv; charset=utf-8', html: 'text/html; charset=utf-8' },
  ...{
    json: 'application/json; charset=utf-8',
    xml: 'application/xml',
    pdf: 'application/pdf',
    zip: 'application/zip',
  },
  ...{ png: 'image/png', jpg: 'image/jpeg', svg: 'image/svg+xml' },
};

/** The type of the extension that a name certainly ends in. */
export function typeOfName(name: SyntaxNode): string | null {
  const inner = unwrap(name);
  const last =
    inner.type === 'TemplateLiteral' ? (inner.quasis as SyntaxNode[]).at(-1)?.value : literalText(inner);
  const end =
    typeof last === 'object'
      ? String((last as { cooked?: unknown } | null)?.cooked ?? '')
      : String(last ?? '');
  return TYPES[/\.(\w+)$/.exec(end)?.[1]?.toLowerCase() ?? ''] ?? null;
}
