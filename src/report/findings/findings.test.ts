import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { project } from '../../testing/project.ts';
import { findingOf, findingsDocument } from './__fixtures__/findings.ts';
import { findingsCsv } from './csv.ts';
import { findingsHtml } from './html.ts';
import { findingsMarkdown } from './markdown.ts';

const HOSTILE = `"><script>document.title='owned'</script><img src=x onerror="document.title='owned'">'& </style>`;
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);
if (!executablePath)
  console.log('skipped: the page of findings in a real browser (Chromium is not installed)');

const hostile = () =>
  findingsDocument([
    findingOf({ message: HOSTILE, snippet: HOSTILE, location: { file: HOSTILE, line: 1, column: 1 } }),
  ]);

describe('findings as CSV', () => {
  it('quote what holds a comma, a quote or a line break, and keep a formula as text', () => {
    const text = findingsCsv(
      findingsDocument([findingOf({ message: 'a, "b"\nc', remedy: '=HYPERLINK("x")', title: '@x' })]),
    );
    const [head, ...lines] = text.split('\r\n');
    expect(head?.split(',').slice(0, 3)).toEqual(['project', 'severity', 'rule']);
    expect(lines.join('\r\n')).toBe(
      `.,blocks,fs-workers,'@x,storage,workers,new,app.js,14,3,"a, ""b""\nc","'=HYPERLINK(""x"")",measured,2026-11-23,a\r\n`,
    );
  });
});

describe('findings as Markdown', () => {
  it('let no value break out of its cell or become HTML', () => {
    const text = findingsMarkdown(hostile());
    expect(text.replace(/`` .*? ``|`[^`]*`/g, '')).not.toMatch(/(?<!\\)<(script|img)/);
    for (const line of text.split('\n').filter((each) => each.startsWith('|'))) expect(line).toMatch(/\|$/);
  });
});

describe('findings as a page', () => {
  it('escape every value, load nothing, and allow one script by its hash', () => {
    const text = findingsHtml(hostile());
    expect(text.match(/<script/g)).toHaveLength(1);
    expect(text).not.toContain('<img');
    expect(text).toMatch(/script-src 'sha256-[\w+/]+=*'/);
    expect(text).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  it.skipIf(!executablePath)('are searched and filtered in a browser', async () => {
    const folder = project();
    const page = join(folder, 'findings.html');
    await writeFile(
      page,
      findingsHtml(
        findingsDocument([
          findingOf({ message: HOSTILE }),
          findingOf({
            severity: 'differs',
            category: 'http',
            targets: ['bun', 'deno'],
            message: 'the tag changes',
          }),
          findingOf({ severity: 'advice', targets: ['bun'], state: 'known', message: 'a driver of its own' }),
        ]),
      ),
    );
    const browser = await chromium.launch({
      ...(executablePath && { executablePath }),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    try {
      const tab = await browser.newPage();
      await tab.goto(pathToFileURL(page).href);
      const shown = async () => [
        await tab.locator('#shown').textContent(),
        await tab.locator('tbody tr:visible').count(),
      ];
      expect(await tab.title()).toBe('Findings: shop on workers@2026-07-30');
      expect(await shown()).toEqual(['3 of 3', 3]);
      await tab.getByLabel('Search').fill('TAG changes');
      expect(await shown()).toEqual(['1 of 3', 1]);
      await tab.getByLabel('Search').fill('');
      await tab.getByLabel('target').selectOption('bun');
      expect(await shown()).toEqual(['2 of 3', 2]);
      await tab.getByLabel('state').selectOption('known');
      expect(await shown()).toEqual(['1 of 3', 1]);
      await tab.getByLabel('severity').selectOption('blocks');
      expect(await shown()).toEqual(['0 of 3', 0]);
      expect(await tab.title()).toBe('Findings: shop on workers@2026-07-30');
    } finally {
      await browser.close();
    }
  });
});
