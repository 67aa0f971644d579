import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderDrillHtml } from '../../../src/report/drills/html.ts';
import { type Browser, openBrowser, openPage } from '../../house/browser.ts';
import { findBrowser } from '../../house/find-browser.ts';
import { palestTexts } from '../../house/palest-texts.ts';
import { crowded } from './crowded.ts';
import { shop } from './shop.ts';
import { report } from './some-report.ts';

const executable = findBrowser();
if (!executable && process.env['SEAWORTHY_BROWSER'] === 'required') throw new Error('there is no browser to test in');

/** To look at: `SEAWORTHY_SCREENSHOTS=folder npx vitest run test/report/drills`. */
const screenshots = process.env['SEAWORTHY_SCREENSHOTS'];

const reports = {
  shop,
  crowded,
  none: report({ skipped: [{ id: 'pid-1', service: 'web', because: 'why', applies: false }] }),
};

// Without a browser these are skipped, and the reporter says so.
describe.skipIf(!executable)('the drill page in a browser', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-drill-page-'));
  let browser: Browser;

  beforeAll(async () => {
    browser = await openBrowser(executable as string);
    for (const [name, one] of Object.entries(reports))
      fs.writeFileSync(path.join(folder, `${name}.html`), renderDrillHtml(one, { version: '1.2.3' }));
  });

  afterAll(async () => {
    await browser.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const open = (name: string, width: number, scheme: 'light' | 'dark' = 'light') =>
    openPage(browser, path.join(folder, `${name}.html`), { width, height: 900, scheme, scripts: true });

  for (const name of Object.keys(reports))
    for (const width of [390, 1280])
      for (const scheme of ['light', 'dark'] as const)
        test(`${name} at ${width} px, ${scheme}: quiet, whole, no wider than the screen, legible`, async () => {
          const { page, complaints, requests } = await open(name, width, scheme);
          await page.evaluate("for (const one of document.querySelectorAll('details.drill')) one.open = true");
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
          const shown = await page.evaluate(
            "[...document.querySelectorAll('.plot')].filter((one) => one.checkVisibility()).map((one) => one.className)",
          );
          const kinds = new Set(shown as string[]);
          expect([...kinds]).toEqual(name === 'none' ? [] : [width < 760 ? 'plot narrow' : 'plot wide']);
          expect(await page.evaluate(wordsOutside)).toEqual([]);
          expect(await page.evaluate(palestTexts)).toEqual([]);
          if (screenshots)
            await page.screenshot({
              path: path.join(screenshots, `drill-${name}-${width}-${scheme}.png`),
              fullPage: true,
            });
          expect(complaints).toEqual([]);
          expect(requests).toEqual([]);
        });

  test('what broke is open, what held is folded, and a link leads to it', async () => {
    const { page } = await open('shop', 1280);
    expect(await page.evaluate("document.querySelectorAll('.drill.broke:not([open])').length")).toBe(0);
    expect(await page.evaluate("document.querySelectorAll('.drill.held[open]').length")).toBe(0);
    await page.evaluate("document.querySelector('.pill.broke').click()");
    expect(await page.evaluate("document.querySelector('.drill:target').classList.contains('broke')")).toBe(true);
  });

  test('a single lost request among thousands can be seen', async () => {
    const { page } = await open('crowded', 1280);
    await page.evaluate("for (const one of document.querySelectorAll('details.drill')) one.open = true");
    const heights = await page.evaluate(
      "[...document.querySelectorAll('.plot.wide rect.bar.lost[y]')].filter((one) => one.querySelector('title')).map((one) => one.getBoundingClientRect().height)",
    );
    expect((heights as number[]).length).toBeGreaterThan(0);
    for (const height of heights as number[]) expect(height).toBeGreaterThanOrEqual(3);
  });
});

/** Words of drawings that stand out of them, or on one another. */
const wordsOutside = `(() => {
  const faults = [];
  for (const svg of document.querySelectorAll('.plot svg')) {
    if (!svg.checkVisibility()) continue;
    const frame = svg.getBoundingClientRect();
    const words = [...svg.querySelectorAll('text')].map((one) => [one.textContent, one.getBoundingClientRect(), one.getAttribute('class')]);
    for (const [word, box] of words)
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 2 || box.bottom > frame.bottom + 2)
        faults.push('outside: ' + word);
    const lanes = words.filter(([, , kind]) => /event-text|panel-title|key-text/.test(kind));
    lanes.forEach(([word, a], index) => {
      for (const [other, b] of lanes.slice(index + 1))
        if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3) faults.push(word + ' on ' + other);
    });
  }
  return faults;
})()`;
