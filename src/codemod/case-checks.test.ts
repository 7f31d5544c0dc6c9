import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkCase, checkFolder } from './case-checks.ts';
import { readCases } from './cases.ts';
import type { Codemod, CodemodOutput, SpanEdit } from './contract.ts';
import { runCodemod } from './runner.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'migrate-cases-'));
  put('README.md', '# var-to-let');
  put('cases/plain/input.js', INPUT);
  put('cases/plain/expected.js', INPUT.replaceAll('var ', 'let '));
  put('cases/no-var/input.ts', 'const x: number = 1;\n');
  put('cases/two-files/before/a.js', 'var a;\n');
  put('cases/two-files/before/b.js', 'const b = 1;\n');
  put('cases/two-files/after/a.js', 'let a;\n');
  put('cases/two-files/after/b.js', 'const b = 1;\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const INPUT = '// counts visits\nvar visits = 0; /* since the start */\nvar last = "\u00e9";\n';
const url = () => pathToFileURL(`${folder}/`);

function put(path: string, text: string): void {
  const file = join(folder, 'var-to-let', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

type Work = (text: string) => { edits?: [RegExp, string][]; more?: Partial<CodemodOutput> };

/** A small codemod: replaces every match of its patterns in every file. */
function codemodOf(work: Work): Codemod {
  return {
    ...{ id: 'var-to-let', title: '', from: 'var', to: 'let', description: '', options: [], prefilter: /./ },
    async run(input) {
      const edits = new Map<string, SpanEdit[]>();
      let more: Partial<CodemodOutput> = {};
      for (const path of input.paths) {
        const text = (await input.read(path)) ?? '';
        const wanted = work(text);
        more = { ...more, ...wanted.more };
        const found = (wanted.edits ?? []).flatMap(([pattern, by]) =>
          [...text.matchAll(pattern)].map((match) => ({
            ...{
              span: { start: match.index, end: match.index + match[0].length },
              text: by,
              rule: 'keyword',
            },
          })),
        );
        if (found.length > 0) edits.set(path, found);
      }
      const none = { created: new Map(), deleted: [], skipped: new Map(), failed: new Map() };
      return { edits, ...none, outcomes: [], leftForYou: [], limits: [], next: [], ...more };
    },
  };
}

const good: Work = () => ({ edits: [[/\bvar\b/g, 'let']] });

async function faults(work: Work, run?: typeof runCodemod): Promise<string[]> {
  const one = (await readCases(url(), 'var-to-let')).find((found) => found.name === 'plain');
  if (!one) throw new Error('the case is missing');
  return [...new Set((await checkCase(codemodOf(work), one, run)).map((fault) => fault.check))].sort();
}

describe('the checks on a case', () => {
  it('a right codemod passes all of them, on every case', async () => {
    const cases = await readCases(url(), 'var-to-let');
    expect(cases.map((one) => one.name).sort()).toEqual(['no-var', 'plain', 'two-files']);
    for (const one of cases) expect(await checkCase(codemodOf(good), one)).toEqual([]);
    expect(await checkFolder(url(), 'var-to-let')).toEqual([]);
  });

  it('find an edit that is torn out of a comment or a name, and two that only parse together', async () => {
    const inComment: Work = () => ({ edits: [[/visits(?=\n)/g, 'guests']] });
    expect(await faults(inComment)).toContain('edits');
    expect(await faults(() => ({ edits: [[/isit/g, 'alu']] }))).toContain('edits');
    const apart: Work = () => ({
      edits: [
        [/0;/g, '[0'],
        [/var last = /g, ', '],
        [/(?<=");(?=\s*$)/g, '];'],
      ],
    });
    expect(await faults(apart)).toContain('edits');
    expect(await faults(good)).toEqual([]);
  });

  it('find a result other than expected', async () => {
    expect(await faults(() => ({ edits: [[/\bvar\b/g, 'const']] }))).toEqual(['expected']);
  });

  it('find a change where none is expected', async () => {
    const one = (await readCases(url(), 'var-to-let')).find((found) => found.name === 'no-var');
    const broad = codemodOf(() => ({ edits: [[/\b(var|const)\b/g, 'let']] }));
    expect(one && (await checkCase(broad, one)).map((fault) => fault.check)).toContain('expected');
  });

  it('find a result that does not parse', async () => {
    expect(await faults(() => ({ edits: [[/\bvar\b/g, 'let ((']] }))).toEqual(['parses']);
  });

  it('find a second run that changes more, or leaves more for the user', async () => {
    expect(await faults(() => ({ edits: [...(good('').edits ?? []), [/$/g, 'more();\n']] }))).toContain(
      'idempotent',
    );
    const left = { codemod: 'var-to-let', rule: 'r', file: 'input.js', line: 1, column: 1, reason: 'x' };
    const grows: Work = (text) => ({
      ...good(text),
      more: { leftForYou: text.includes('let') ? [left] : [] },
    });
    expect(await faults(grows)).toEqual(['idempotent']);
  });

  it('find a lost comment', async () => {
    put('cases/plain/expected.js', INPUT.replaceAll('var ', 'let ').replace(' /* since the start */', ''));
    const drop: Work = () => ({ edits: [...(good('').edits ?? []), [/ \/\*.*?\*\//g, '']] });
    expect(await faults(drop)).toEqual(['comments']);
  });

  it('find a comment lost that only the check itself writes, unless it is reported', async () => {
    const drop: Work = () => ({ edits: [...(good('').edits ?? []), [/ \/\/ put 2\./g, '']] });
    expect(await faults(drop)).toEqual(['comments']);
    const reported = { codemod: 'var-to-let', rule: 'comments', file: 'input.js', column: 1, reason: 'x' };
    const says: Work = (text) => {
      const line = text.split('\n').findIndex((each) => each.includes('// put 2.')) + 1;
      return { ...drop(text), more: { leftForYou: line > 0 ? [{ ...reported, line }] : [] } };
    };
    expect(await faults(says)).toEqual([]);
  });

  it('find a result that depends on comments', async () => {
    const sees: Work = (text) => (text.includes('// put') ? {} : good(text));
    expect(await faults(sees)).toEqual(['comments']);
  });

  it('find one of two equal comments lost', async () => {
    const twice = INPUT.replace('// counts visits\n', '// counts visits\n/* since the start */\n');
    put('cases/plain/input.js', twice);
    put('cases/plain/expected.js', twice.replaceAll('var ', 'let ').replace(' /* since the start */', ''));
    const drop: Work = () => ({ edits: [...(good('').edits ?? []), [/ \/\*.*?\*\//g, '']] });
    expect(await faults(drop)).toEqual(['comments']);
  });

  it('find an untouched file that is written anew', async () => {
    const rewriting: typeof runCodemod = async (codemod, request) => {
      const changeSet = await runCodemod(codemod, request);
      const text = await request.repository.read('input.js');
      const again = { path: 'input.js', status: 'changed' as const, oldText: text, newText: text, edits: [] };
      return { ...changeSet, files: [again] };
    };
    put('cases/plain/expected.js', INPUT);
    expect(await faults(() => ({}), rewriting)).toEqual(['bytes']);
  });

  it('find a byte changed outside the recorded edits', async () => {
    put('cases/plain/expected.js', INPUT.replaceAll('var ', 'let ').replace('\u00e9', 'e'));
    const sloppy: typeof runCodemod = async (codemod, request) => {
      const changeSet = await runCodemod(codemod, request);
      const files = changeSet.files.map((file) => ({
        ...file,
        newText: file.newText?.replace('\u00e9', 'e') ?? null,
      }));
      return { ...changeSet, files };
    };
    expect(await faults(good, sloppy)).toEqual(['bytes']);
  });

  it('find a rule that only works with one line ending', async () => {
    expect(await faults((text) => (text.includes('\r') ? {} : good(text)))).toEqual(['crlf']);
  });

  it('find a rule that a byte order mark or a #! line upsets', async () => {
    expect(await faults((text) => (text.startsWith('\ufeff') ? {} : good(text)))).toEqual(['bom']);
    expect(await faults((text) => (/^\ufeff?#!/.test(text) ? {} : good(text)))).toEqual(['shebang']);
  });

  it('find a rule that only works with spaces', async () => {
    const indented = INPUT.replaceAll('\nvar', '\n  var');
    put('cases/plain/input.js', indented);
    put('cases/plain/expected.js', indented.replaceAll('var ', 'let '));
    expect(await faults(good)).toEqual([]);
    expect(await faults((text) => (text.includes('\t') ? {} : good(text)))).toEqual(['tabs']);
  });

  it('find a rule that only fails when several of these come together', async () => {
    expect(await faults((text) => (/^\ufeff[\s\S]*\r/.test(text) ? {} : good(text)))).toEqual(['variants']);
  });

  it('find outcomes, limits, failures and leftovers that the notes do not name', async () => {
    const place = { file: 'input.js', line: 2, column: 1 };
    const more: Partial<CodemodOutput> = {
      outcomes: [{ ...place, name: 'visits', outcome: 'refused', reason: 'x' }],
    };
    expect(await faults((text) => ({ ...good(text), more }))).toEqual(['notes']);
    put('cases/plain/notes.json', '{ "outcomes": ["input.js:2:1 refused"] }');
    expect(await faults((text) => ({ ...good(text), more }))).toEqual([]);
    expect(await faults(good)).toEqual(['notes']);
  });

  it('find a crash', async () => {
    const crash: Work = () => {
      throw new Error('oops');
    };
    expect(await faults(crash)).toEqual(['crash']);
  });
});

describe('the check on a folder', () => {
  it('finds a missing README, missing cases, and no case that must not change', async () => {
    rmSync(join(folder, 'var-to-let/README.md'));
    rmSync(join(folder, 'var-to-let/cases/no-var'), { recursive: true });
    expect(await checkFolder(url(), 'var-to-let')).toEqual([
      'codemods/var-to-let has no README.md',
      'codemods/var-to-let has no case that must not change',
    ]);
    rmSync(join(folder, 'var-to-let/cases'), { recursive: true });
    expect(await checkFolder(url(), 'var-to-let')).toContain('codemods/var-to-let has no cases');
  });
});
