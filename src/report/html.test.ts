import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleReport } from '../testing/report.ts';
import { renderShadowHtml } from './html.ts';
import { renderShadowMarkdown } from './markdown.ts';

const HOSTILE = `"><script>document.title='owned'</script><img src=x onerror="document.title='owned'">'&\u0000 </style>`;
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);
if (!executablePath) console.log('skipped: the report in a real browser (Chromium is not installed)');

describe('the HTML report', () => {
  it('escapes every value it prints', () => {
    const text = renderShadowHtml(sampleReport(HOSTILE));
    expect(text).not.toContain('<script');
    expect(text).not.toContain('<img');
    expect(text).not.toContain('\u0000');
    expect(text.match(/<\/style>/g)).toHaveLength(1);
  });

  it('loads nothing from the network', () => {
    const text = renderShadowHtml(sampleReport('plain'));
    expect(text).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(text).not.toMatch(/url\(|@import/);
    expect(text).toContain("default-src 'none'");
  });
});

describe('the Markdown report', () => {
  it('lets no value break out of its table cell or become HTML', () => {
    const text = renderShadowMarkdown(sampleReport('a | b <b>x</b>\n\n# head `tick`'));
    expect(text).not.toMatch(/^# head/m);
    // Inside a code span HTML is text already.
    expect(text.replace(/`` .*? ``|`[^`]*`/g, '')).not.toMatch(/(?<!\\)<b/);
    for (const line of text.split('\n').filter((line) => line.startsWith('|'))) {
      expect(line.endsWith('|')).toBe(true);
    }
  });
});

describe.skipIf(!executablePath)('the HTML report in a real browser', () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'migrate-report-'));
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-quic'];
    browser = await chromium.launch({ executablePath, args });
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('opens with the verdict, keeps stored script inert, and can be walked with the keyboard', async () => {
    const file = join(folder, 'report.html');
    await writeFile(file, renderShadowHtml(sampleReport(HOSTILE)));
    const page = await browser.newPage({ colorScheme: 'dark' });
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(file).href);

    expect(await page.title()).toBe('FAIL: node 22.23.3 → bun 1.4.5');
    expect(await page.locator('#verdict').textContent()).toBe('FAIL');
    expect(await page.locator('script, img, iframe, object').count()).toBe(0);
    expect(await page.locator('#verdict + p').textContent()).toContain('<script>');

    const explained = page.locator('details', { hasText: 'date-header' });
    expect(await explained.getAttribute('open')).toBeNull();
    await explained.locator('summary').focus();
    await page.keyboard.press('Enter');
    expect(await explained.getAttribute('open')).not.toBeNull();

    // Charts are pictures with a name, drawn without script; their numbers stand in tables beside them.
    const charts = page.locator('section[aria-labelledby=latency] svg[role=img]');
    expect(await charts.count()).toBe(2);
    for (const line of ['.line-old', '.line-again', '.line-new'])
      expect(await charts.first().locator(line).getAttribute('points')).toMatch(/^[\d., ]+$/);
    expect(await charts.nth(1).getAttribute('aria-label')).toContain('Resident memory');
    expect(await page.locator('#latency').locator('..').locator('table').count()).toBe(4);
    const ink = () => page.evaluate(`getComputedStyle(document.querySelector('.line-new')).stroke`);
    const dark = await ink();
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await ink()).not.toBe(dark);
    await page.emulateMedia({ colorScheme: 'dark' });
    const routes = page.locator('details', { hasText: 'By route' });
    await routes.locator('summary').focus();
    await page.keyboard.press('Enter');
    expect(await routes.locator('td').first().isVisible()).toBe(true);

    await page.getByRole('link', { name: 'Routes' }).click();
    expect(await page.locator('#routes').isVisible()).toBe(true);
    const width = await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth');
    expect(width).toBe(true);
    expect(requests).toEqual(
      [pathToFileURL(file).href, `${pathToFileURL(file).href}#routes`].slice(0, requests.length),
    );
    expect(complaints).toEqual([]);
    if (process.env.MIGRATE_SCREENSHOT)
      await page.screenshot({ path: process.env.MIGRATE_SCREENSHOT, fullPage: true });
  });
});
