import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
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

  it('tells the times of both instances of the old side where they lie apart, and one where they do not', () => {
    const report = sampleReport('plain');
    const [old, next] = [report.sides.old, report.sides.new];
    const times = (p50: number, p95: number) => ({ p50, p95, p99: p95, samples: 40 });
    const said = (repeatLatency: typeof old.latency) =>
      renderShadowMarkdown({
        ...report,
        sides: {
          old: { ...old, latency: times(4, 12), repeatLatency },
          new: { ...next, latency: times(4.1, 163) },
        },
      });
    expect(said(times(4.4, 160))).toContain('p50 4.0 ms → 4.1 ms, p95 12 ms to 160 ms → 163 ms.');
    expect(said(times(4.4, 13))).toContain('p50 4.0 ms → 4.1 ms, p95 12 ms → 163 ms.');
    expect(said(null)).toContain('p95 12 ms → 163 ms.');
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
    await expect.poll(() => explained.getAttribute('open')).not.toBeNull();

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
    await routes.locator('td').first().waitFor({ state: 'visible' });

    await page.getByRole('link', { name: 'Routes' }).click();
    await page.waitForURL((url) => url.hash === '#routes');
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

  /** Opens a report in which every text is the one given, with every fold open. */
  async function opened(text: string, colorScheme: 'dark' | 'light', width = 1280): Promise<Page> {
    const file = join(folder, 'every.html');
    await writeFile(file, renderShadowHtml(sampleReport(text)));
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 } });
    await page.goto(pathToFileURL(file).href);
    await page.evaluate(`for (const fold of document.querySelectorAll('details')) fold.open = true`);
    return page;
  }

  it('has a way to every section there is, and stored script is inert in each', async () => {
    const page = await opened(HOSTILE, 'light');
    const names = [
      'signatures',
      'routes',
      'effects',
      'probes',
      'explained',
      'latency',
      'missing',
      'evidence',
      'sides',
    ];
    expect(
      await page
        .locator('section')
        .evaluateAll((all) => all.map((one) => one.getAttribute('aria-labelledby'))),
    ).toEqual(names);
    for (const name of names) {
      const link = page.locator(`nav a[href="#${name}"]`);
      await link.focus();
      await page.keyboard.press('Enter');
      // The browser goes there after the key press was handled, not within it.
      await page.waitForURL((url) => url.hash === `#${name}`);
      const section = page.locator(`section[aria-labelledby=${name}]`);
      expect(await section.isVisible()).toBe(true);
      expect(await section.textContent(), name).toContain(`document.title='owned'`);
    }
    expect(await page.locator('script, img, iframe, object').count()).toBe(0);
    expect(await page.title()).toBe('FAIL: node 22.23.3 → bun 1.4.5');
    await page.close();
  });

  it('can be read and used with the keyboard alone: each fold and each wide table is a stop of the Tab key', async () => {
    const page = await opened('x'.repeat(400), 'light', 400);
    const stops = await page.evaluate(STOPS);
    const seen = new Set<string>();
    for (let i = 0; i < (stops as string[]).length + 5; i++) {
      await page.keyboard.press('Tab');
      seen.add(String(await page.evaluate(`document.activeElement.dataset.stop`)));
    }
    expect((stops as string[]).filter((one) => !seen.has(one))).toEqual([]);
    expect((stops as string[]).length).toBeGreaterThan(15);
    await page.close();
  });

  it.each(['dark', 'light'] as const)(
    'has text that stands out from its ground in the %s (WCAG 2.2, 1.4.3)',
    async (scheme) => {
      const page = await opened('plain text', scheme);
      const [count, faint] = (await page.evaluate(CONTRAST)) as [number, string[]];
      expect(count).toBeGreaterThan(200);
      expect(faint).toEqual([]);
      // The check sees: the same page with its soft text made fainter has faint text.
      await page.addStyleTag({ content: ':root{--soft:#808890 !important}' });
      expect(((await page.evaluate(CONTRAST)) as [number, string[]])[1].length).toBeGreaterThan(0);
      await page.close();
    },
  );

  it.each(['plain text', 'x'.repeat(400)])(
    'fits a window of 400 pixels with every fold open',
    async (text) => {
      const page = await opened(text, 'light', 400);
      expect(await page.evaluate(TOO_WIDE)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(400);
      await page.close();
    },
  );
});

/** Numbers what the keyboard must reach: links, folds, and what scrolls sideways. */
const STOPS = `[...document.querySelectorAll('a, summary, .scroll')]
  .filter((one) => !one.matches('.scroll') || one.scrollWidth > one.clientWidth)
  .map((one, i) => (one.dataset.stop = i + ' ' + one.tagName + ' ' + (one.closest('section')?.getAttribute('aria-labelledby') ?? '')))`;

/** Elements with text of their own, and those whose ink is less than 4.5 : 1 from their ground. */
const CONTRAST = `(() => {
  const parse = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return matchMedia('(prefers-color-scheme:dark)').matches ? [0, 0, 0] : [255, 255, 255];
  };
  const withText = [...document.body.querySelectorAll('*')].filter((one) =>
    [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''));
  const faint = withText.flatMap((one) => {
    const style = getComputedStyle(one);
    const ink = parse(one instanceof SVGElement ? style.fill : style.color);
    const [a, b] = [light(ink), light(ground(one))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    return ratio < 4.5 ? [one.tagName + '.' + one.getAttribute('class') + ' ' + ratio.toFixed(2)] : [];
  });
  return [withText.length, [...new Set(faint)]];
})()`;

/** What reaches beyond the window without standing in something that scrolls. */
const TOO_WIDE = `[...document.body.querySelectorAll('*')]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.scroll, pre'))
  .map((one) => one.tagName + '.' + one.className + ' in ' + one.closest('section')?.getAttribute('aria-labelledby'))`;
