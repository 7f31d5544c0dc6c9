/** One domain: its number, the framework of its service, and how large its files are to be. */
export interface Part {
  index: number;
  kind: 'express' | 'fastify' | 'nest';
  size(at: number): number;
}

/** Files by path. */
export type Files = [path: string, text: string][];

const WEB = 44;
const LIBRARY = 12;

/** What the browser gets of a domain: components, hooks and pages; nothing of it runs on a server. */
export function webFiles({ index, size }: Part): Files {
  return Array.from({ length: WEB }, (_, at): Files[number] => {
    const name = `View${at}`;
    if (at % 4 === 3)
      return [`src/hooks/use-list-${at}.ts`, grown(hook(index, at), size(at), (n) => helper(`${at}${n}`, n))];
    return [
      `src/components/${name}.tsx`,
      grown(component(name, at), size(at), (n) => view(`${name}Part${n}`, n)),
    ];
  });
}

/** Plain functions that services and pages share. */
export function libraryFiles({ size }: Part): Files {
  const files = Array.from({ length: LIBRARY }, (_, at): Files[number] => [
    `src/module-${at}.ts`,
    grown(
      at === 0 ? LATER : `import { sum0 } from './module-0.js';\nexport const first = sum0;\n`,
      size(at + 80),
      (n) => helper(String(n), n),
    ),
  ]);
  const all = files.map((_, at) => `export * as part${at} from './module-${at}.js';`);
  return [...files, ['src/index.ts', `${all.join('\n')}\n`]];
}

const LATER = `export const later = <T extends unknown[]>(run: (...args: T) => void, ms = 100) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (...args: T) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...args), ms);
  };
};
`;

/** A text and as many blocks after it as come nearest to a size. */
export function grown(head: string, size: number, block: (at: number) => string): string {
  const parts = [head];
  let length = head.length;
  for (let at = 0; length + 350 < size; at++) {
    const text = block(at);
    parts.push(text);
    length += text.length + 1;
  }
  return `${parts.join('\n')}\n`;
}

/** Functions with types, generics, closures, errors and templates, and nothing of a runtime. */
export const helper = (name: string, at: number): string => `
export interface Line${name} {
  readonly id: string;
  amount: number;
  tags: readonly string[];
  note?: string | null;
}

/** Groups lines by their first tag, the largest sums first. */
export function sum${name}<T extends Line${name}>(lines: readonly T[], most = ${at + 5}): [string, number][] {
  const sums = new Map<string, number>();
  for (const { amount, tags, note } of lines) {
    const [tag = 'none'] = tags;
    if (note === null || amount < ${at}) continue;
    sums.set(tag, (sums.get(tag) ?? 0) + amount);
  }
  return [...sums].sort(([, a], [, b]) => b - a).slice(0, most);
}

export const label${name} = ({ id, amount }: Line${name}): string =>
  amount > ${at * 10} ? \`\${id}: \${amount.toFixed(2)} (large)\` : \`\${id}: \${amount.toFixed(2)}\`;
`;

const hook = (index: number, at: number): string => `import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { part1 } from '@shop/libs-${index}';

export function useList${at}(path: string) {
  const [page, setPage] = useState(1);
  const { data, error, isLoading } = useQuery({
    queryKey: [path, page],
    queryFn: async () => (await fetch(\`/api/domain-${index}/\${path}?page=\${page}\`)).json(),
  });
  if (error) console.warn(path, error.message);
  const items = useMemo(() => part1.sum0(data?.items ?? []), [data]);
  return { items, isLoading, next: () => setPage(page + 1) };
}
`;

const component = (name: string, at: number): string => `import { useCallback } from 'react';
${at >= 4 && at % 4 === 0 ? `import { useList${at - 1} } from '../hooks/use-list-${at - 1}.js';\n` : ''}
export function ${name}({ title, onOpen }: { title: string; onOpen(id: string): void }) {
  ${at >= 4 && at % 4 === 0 ? `const { items, isLoading } = useList${at - 1}('list');` : 'const items: [string, number][] = [], isLoading = false;'}
  const open = useCallback((id: string) => onOpen(id), [onOpen]);
  ${at % 3 === 0 ? "if (process.env.NODE_ENV !== 'production') console.debug('render', title);" : ''}
  if (isLoading) return <p className="loading">{title}</p>;
  return (
    <section aria-label={title}>
      {items.map(([id, amount]) => (
        <button key={id} type="button" onClick={() => open(id)}>
          {id} <strong>{amount}</strong>
        </button>
      ))}
    </section>
  );
}
`;

const view = (name: string, at: number): string => `
interface ${name}Props {
  heading: string;
  rows: readonly { id: string; cells: readonly string[]; isActive?: boolean }[];
  onSelect?(id: string): void;
}

export const ${name} = ({ heading, rows, onSelect }: ${name}Props) => (
  <table className={rows.length > ${at} ? 'long' : 'short'}>
    <caption>{heading}</caption>
    <tbody>
      {rows.map(({ id, cells, isActive = false }) => (
        <tr key={id} data-active={isActive} onClick={() => onSelect?.(id)}>
          {cells.map((cell) => <td key={cell}>{cell.trim() || '–'}</td>)}
        </tr>
      ))}
    </tbody>
  </table>
);
`;
