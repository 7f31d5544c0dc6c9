import { describe, expect, it } from 'vitest';
import { removeDependency, removeField, setDependency, setField } from './manifest-edit.ts';

const tabs =
  '\ufeff{\r\n\t"name": "notes",\r\n\t"dependencies": {\r\n\t\t"express": "^4.21.0",\r\n\t\t"qs": "6"\r\n\t}\r\n}\r\n';

describe('setting a dependency', () => {
  it('keeps tabs, CRLF, the byte order mark and alphabetical order', () => {
    expect(setDependency(tabs, 'hono', '4.13.19')).toBe(
      tabs.replace('\t\t"qs"', '\t\t"hono": "4.13.19",\r\n\t\t"qs"'),
    );
    expect(setDependency(tabs, 'accepts', '1.0.0')).toContain(
      '{\r\n\t\t"accepts": "1.0.0",\r\n\t\t"express"',
    );
    expect(setDependency(tabs, 'zod', '4.0.0')).toContain('"qs": "6",\r\n\t\t"zod": "4.0.0"\r\n\t}');
  });

  it('adds at the end when the order is not alphabetical, and keeps a missing final newline', () => {
    const text = '{\n  "dependencies": {\n    "z": "1",\n    "b": "1"\n  }\n}';
    expect(setDependency(text, 'c', '1')).toBe(
      '{\n  "dependencies": {\n    "z": "1",\n    "b": "1",\n    "c": "1"\n  }\n}',
    );
  });

  it('raises a range, never lowers one, and leaves what is no range', () => {
    const text = (range: string) => `{"dependencies":{"hono":"${range}"}}`;
    expect(setDependency(text('^4.1.0'), 'hono', '^4.13.0')).toBe(text('^4.13.0'));
    expect(setDependency(text('^5.0.0'), 'hono', '^4.13.0')).toBe(text('^5.0.0'));
    for (const range of ['workspace:*', 'git+https://x/y.git', 'latest']) {
      expect(setDependency(text(range), 'hono', '^4.13.0')).toBe(text(range));
    }
  });

  it('moves a development dependency that is needed at run time', () => {
    const text = '{\n  "devDependencies": {\n    "hono": "^4.20.0"\n  }\n}\n';
    expect(setDependency(text, 'hono', '^4.13.0')).toBe(
      '{\n  "dependencies": {\n    "hono": "^4.20.0"\n  }\n}\n',
    );
  });

  it('makes the field in an empty manifest and in one on a single line', () => {
    expect(setDependency('{}', 'hono', '4')).toBe('{ "dependencies": { "hono": "4" } }');
    expect(setDependency('{"name":"x"}', 'hono', '4')).toBe('{"name":"x","dependencies":{"hono":"4"}}');
  });
});

describe('removing', () => {
  it('takes a dependency out of every field, and an emptied field with it', () => {
    expect(removeDependency(tabs, 'express')).toBe(tabs.replace('"express": "^4.21.0",\r\n\t\t', ''));
    expect(removeDependency(removeDependency(tabs, 'qs'), 'express')).toBe(
      '\ufeff{\r\n\t"name": "notes"\r\n}\r\n',
    );
  });

  it('returns the same text when there is nothing to remove', () => {
    expect(removeDependency(tabs, 'koa')).toBe(tabs);
    expect(removeField(tabs, ['scripts', 'start'])).toBe(tabs);
  });
});

describe('setting a field', () => {
  it('changes the value in place and makes objects on the way', () => {
    const text = '{\n    "type": "commonjs",\n    "scripts": {}\n}\n';
    expect(setField(text, ['type'], 'module')).toBe(text.replace('commonjs', 'module'));
    expect(setField(text, ['scripts', 'start'], 'bun x')).toBe(
      '{\n    "type": "commonjs",\n    "scripts": {\n        "start": "bun x"\n    }\n}\n',
    );
    expect(setField(text, ['engines', 'bun'], '>=1.4')).toContain(
      '"scripts": {},\n    "engines": {\n        "bun": ">=1.4"\n    }\n}',
    );
  });

  it('is the same text when the value is already there, however it is spaced', () => {
    const text = '{ "files": [ "dist",\n "src" ] }';
    expect(setField(text, ['files'], ['dist', 'src'])).toBe(text);
  });
});
