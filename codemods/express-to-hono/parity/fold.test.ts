import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NEEDS } from '../state/needs.ts';
import { foldNeeds } from './fold.ts';

const fold = (source: string, ...without: string[]) => foldNeeds('block.ts', source, new Set(without));

describe('what an application does not need', () => {
  it('is left out of a condition, with what nothing reads then', () => {
    const source = `function answer(c: Context) {
  const size = c.size;
  if (needs.sizes && size > 1) throw new Error('large');
  return needs.marks ? marked(c) : c.text;
}
`;
    expect(fold(source)).toBe(`function answer(c: Context) {
  const size = c.size;
  if (size > 1) throw new Error('large');
  return marked(c);
}
`);
    expect(fold(source, 'sizes', 'marks')).toBe(`function answer(c: Context) {
  return c.text;
}
`);
  });

  it('is left out of a block, of objects and of arguments, with the comment that was about it', () => {
    const source = `function send(c: Context, options: Options) {
  const { type, name } = options;
  // A name is for what is saved.
  if (needs.names) {
    c.header(name);
    c.mark();
  } else c.plain();
  return c.body({ type, ...(needs.more && { more: 1 }) }, needs.more && more(c));
}
`;
    expect(fold(source, 'names', 'more')).toBe(`function send(c: Context, options: Options) {
  const { type } = options;
  // A name is for what is saved.
  c.plain();
  return c.body({ type });
}
`);
    expect(fold(source)).toBe(`function send(c: Context, options: Options) {
  const { type, name } = options;
  // A name is for what is saved.
  c.header(name);
  c.mark();
  return c.body({ type, more: 1 }, more(c));
}
`);
  });

  it('is left out of lists of several lines, of patterns and of last parameters, with all that nothing reads then', () => {
    const source = `function log(format: string, options: Options = {}) {
  const { stream } = options;
  const tokens = {
    method: 1,
    ...(needs.answers && {
      status: 2,
      size: 3,
    }),
    ...(needs.dates && {
      date: 4,
    }),
  };
  if (needs.streams && stream) stream.write(format);
  return (needs.answers && stream) || print(tokens);
}
`;
    expect(fold(source, 'dates', 'streams')).toBe(`function log(format: string, options: Options = {}) {
  const { stream } = options;
  const tokens = {
    method: 1,
    status: 2,
    size: 3,
  };
  return stream || print(tokens);
}
`);
    expect(fold(source, 'answers', 'dates', 'streams')).toBe(`function log(format: string) {
  const tokens = {
    method: 1,
  };
  return print(tokens);
}
`);
  });

  it('takes the name of an error that nothing reads along', () => {
    const source = `function read(text: string) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw needs.details ? failed(error) : failed();
  }
}
`;
    expect(fold(source)).toContain('} catch (error) {\n    throw failed(error);');
    expect(fold(source, 'details')).toContain('} catch {\n    throw failed();');
  });

  it('is one of the names that are decided about, each of which is asked for', () => {
    const root = new URL('../parity-source/', import.meta.url);
    const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !/(^|[\\/])needs\.ts$/.test(path))
      .map((path) => readFileSync(new URL(path.replaceAll('\\', '/'), root), 'utf8'));
    const asked = new Set(
      sources.flatMap((text) => [...text.matchAll(/\bneeds\.(?!ts\b)(\w+)/g)].map(([, name]) => name)),
    );
    expect([...asked].sort()).toEqual([...NEEDS].sort());
  });
});
