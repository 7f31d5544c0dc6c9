import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Waiver } from '../../model/waiver.ts';
import { readWaivers } from './read.ts';
import { addWaivers, takeOutWaivers, WAIVERS_FILE } from './write.ts';

const prepared = (name: string): Waiver => ({
  ...{ route: '*', location: `header:${name}`, kind: 'header-missing', old: 'Express: "4"', new: null },
  owner: { codemod: 'express-to-hono', rule: `parity/${name}`, files: ['src/app.js', 'src/b c.js'] },
  ...{ reason: `${name} left out: it's # not sent`, expires: '2999-01-01' },
});

function repository(text?: string): { root: string; file: string } {
  const root = mkdtempSync(join(tmpdir(), 'waivers-'));
  mkdirSync(join(root, '.migrate'));
  const file = join(root, WAIVERS_FILE);
  if (text !== undefined) writeFileSync(file, text);
  return { root, file };
}

const OWN = 'route: "GET /notes", location: header:x-old, reason: ours, expires: 2999-01-01';

describe('waivers that a change prepares', () => {
  const FILES: [string, string][] = [
    ['a list in block style', `# ours\nwaivers:\n  - { ${OWN} }\n`],
    [
      'a list without an indent, its entries over several lines',
      `waivers:\n- ${OWN.replaceAll(', ', '\n  ')}\n# the end\n`,
    ],
    ['a list whose last line has no end', `waivers:\n    - { ${OWN} }`],
    ['a comment behind the list, and empty lines', `waivers:\n  - { ${OWN} } # why\n\n\n# more\n`],
    ['CRLF', `waivers:\r\n  - { ${OWN} }\r\n`],
    ['no list yet', 'waivers:\n'],
    ['comments alone', '# nothing accepted'],
    ['nothing', ''],
  ];
  it.each(FILES)('stand behind what there was, and go without a trace: %s', (_, text) => {
    const { root, file } = repository(text);
    const before = readWaivers(file);
    const all = [prepared('x-powered-by'), prepared('etag')];
    expect(addWaivers(root, 'one', all)).toHaveLength(2);
    expect(readWaivers(file)).toEqual([...before, ...all.map((each) => ({ ...each, change: 'one' }))]);
    expect(takeOutWaivers(root, 'one')).toBe(2);
    expect(readWaivers(file)).toEqual(before);
    if (text.includes('- ') || text === 'waivers:\n') expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('are added to a list in flow style, whose entries stay', () => {
    const { root, file } = repository(`waivers: [{ ${OWN} }]\n`);
    const [own] = readWaivers(file);
    addWaivers(root, 'one', [prepared('etag')]);
    expect(readWaivers(file)).toEqual([own, { ...prepared('etag'), change: 'one' }]);
  });

  it('make the file, and undoing the change takes it away', () => {
    const { root, file } = repository();
    addWaivers(root, 'one', [prepared('etag')]);
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(4);
    takeOutWaivers(root, 'one');
    expect(existsSync(file)).toBe(false);
  });

  it('are not added twice, nor over one that the team wrote; undoing one change leaves those of another', () => {
    const { root, file } = repository();
    addWaivers(root, 'one', [prepared('etag')]);
    expect(
      addWaivers(root, 'two', [{ ...prepared('etag'), expires: '2998-01-01' }, prepared('vary')]),
    ).toHaveLength(1);
    takeOutWaivers(root, 'one');
    expect(readWaivers(file).map(({ location, change }) => [location, change])).toEqual([
      ['header:vary', 'two'],
    ]);
  });

  it('stay out of a file that cannot be read', () => {
    const { root, file } = repository('waivers: [');
    expect(() => addWaivers(root, 'one', [prepared('etag')])).toThrow('is not YAML');
    expect(readFileSync(file, 'utf8')).toBe('waivers: [');
  });
});

describe('an edited list', () => {
  it('loses only what the change had prepared, and keeps what was added since', () => {
    const { root, file } = repository();
    addWaivers(root, 'one', [prepared('etag'), prepared('vary')]);
    const edited = `${readFileSync(file, 'utf8')}  - { ${OWN} }\n# kept\n`;
    writeFileSync(file, edited);
    takeOutWaivers(root, 'one');
    expect(readWaivers(file).map(({ reason }) => reason)).toEqual(['ours']);
    expect(readFileSync(file, 'utf8')).toContain('# kept');
  });
});
