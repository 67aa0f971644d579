import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Files } from '../../../src/read/files.ts';
import { diskFiles } from '../../../src/read/files-disk.ts';
import { memoryFiles } from '../../../src/read/files-memory.ts';
import type { Verdict } from '../../../src/vocabulary/verdict.ts';
import { type Browser, openBrowser, openPage } from '../../house/browser.ts';
import { findBrowser } from '../../house/find-browser.ts';
import { palestTexts } from '../../house/palest-texts.ts';
import { bigCompose, pageOf } from './projects.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const executable = findBrowser();
if (!executable && process.env['SEAWORTHY_BROWSER'] === 'required') throw new Error('there is no browser to test in');

/** To look at: `SEAWORTHY_SCREENSHOTS=folder npx vitest run test/report/html`. */
const screenshots = process.env['SEAWORTHY_SCREENSHOTS'];

const projects: Record<string, () => Files> = {
  leaky: () => diskFiles(path.join(root, 'examples/leaky')),
  seaworthy: () => diskFiles(path.join(root, 'examples/seaworthy')),
  thirty: () => memoryFiles({ 'compose.yaml': bigCompose(30) }),
  lone: () => memoryFiles({ Dockerfile: 'FROM node:18\nCOPY . .\nRUN npm install\nCMD npm start\n' }),
};

// Without a browser these are skipped, and the reporter says so.
describe.skipIf(!executable)('the page in a browser', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-page-'));
  const verdicts = new Map<string, Verdict>();
  let browser: Browser;

  beforeAll(async () => {
    browser = await openBrowser(executable as string);
    for (const [name, files] of Object.entries(projects)) {
      const { html, verdict } = pageOf(files());
      verdicts.set(name, verdict);
      fs.writeFileSync(path.join(folder, `${name}.html`), html);
    }
  });

  afterAll(async () => {
    await browser.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const open = (name: string, width: number, more: { scheme?: 'light' | 'dark'; scripts?: boolean } = {}) =>
    openPage(browser, path.join(folder, `${name}.html`), { width, height: 900, ...more });

  const visibleFindings = "[...document.querySelectorAll('.finding')].filter((one) => one.checkVisibility()).length";

  test('were the page not quiet, we would see it', async () => {
    const policy = "default-src 'none'; script-src 'unsafe-inline'";
    fs.writeFileSync(
      path.join(folder, 'loud.html'),
      `<meta http-equiv="Content-Security-Policy" content="${policy}"><style>b{}</style>
       <script>console.log('hello'); setTimeout(() => { throw new Error('boom'); })</script>
       <link rel="stylesheet" href="away.css"><p style="width: 2000px">wide</p>`,
    );
    const { page, complaints, requests } = await open('loud', 390);
    await page.waitForTimeout(50);
    expect(complaints).toEqual(expect.arrayContaining(['log: hello', 'boom']));
    expect(complaints.some((one) => /Content Security Policy/.test(one))).toBe(true);
    expect(requests.map((url) => path.basename(url))).toEqual(['away.css']);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeGreaterThan(390);
  });

  for (const name of Object.keys(projects))
    for (const width of [390, 1280])
      for (const scheme of ['light', 'dark'] as const)
        test(`${name} at ${width} px, ${scheme}: quiet, whole, no wider than the screen`, async () => {
          const { page, complaints, requests } = await open(name, width, { scheme });
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
          expect(await page.evaluate(visibleFindings)).toBe(verdicts.get(name)?.findings.length);
          const drawings = await page.evaluate(
            "[...document.querySelectorAll('.drawing')].map((one) => one.checkVisibility())",
          );
          expect(drawings).toEqual(width < 760 ? [false, true] : [true, false]);
          if (screenshots)
            await page.screenshot({ path: path.join(screenshots, `${name}-${width}-${scheme}.png`), fullPage: true });
          expect(complaints).toEqual([]);
          expect(requests).toEqual([]);
        });

  test('filters by severity, service, rule and text, and back', async () => {
    const { page, complaints } = await open('leaky', 1280);
    const findings = verdicts.get('leaky')?.findings ?? [];
    const set = (id: string, value: string) =>
      page.evaluate(`(() => { const field = document.getElementById('${id}'); field.value = '${value}';
        field.dispatchEvent(new Event('input', { bubbles: true })); })()`);
    const counted = async (expected: number) => {
      expect(await page.evaluate(visibleFindings)).toBe(expected);
      const told =
        expected === findings.length ? `All ${expected} findings` : `${expected} of ${findings.length} findings`;
      expect(await page.evaluate("document.getElementById('shown').textContent")).toBe(told);
    };
    const ofDb = findings.filter((one) => one.service === 'db' || one.services?.includes('db')).length;
    expect(ofDb).toBeGreaterThan(5);

    await set('by-service', 'db');
    await counted(ofDb);
    await set('by-rule', 'compose/published-database');
    await counted(1);
    await page.evaluate("document.getElementById('reset').click()");
    await counted(findings.length);

    await set('by-text', 'ENGINE socket');
    await counted(1);
    await page.evaluate("document.getElementById('reset').click()");
    await page.evaluate("document.getElementById('show-medium').click()");
    await counted(findings.filter((one) => one.severity !== 'medium').length);

    await page.evaluate(
      "document.querySelector('.drawing.wide a[data-service=db]').dispatchEvent(new MouseEvent('click'))",
    );
    await counted(ofDb);
    expect(complaints).toEqual([]);
  });

  test('a link to a finding opens it', async () => {
    const { page } = await open('leaky', 390);
    await page.evaluate("document.querySelector('.first a').click()");
    await page.evaluate('new Promise((resolve) => setTimeout(resolve, 50))');
    expect(await page.evaluate("document.querySelector('.finding:target').open")).toBe(true);
  });

  test('what joins a service lights up when it has the focus', async () => {
    const { page } = await open('leaky', 1280);
    await page.evaluate("document.querySelector('.drawing.wide a[data-service=api]').focus()");
    expect(await page.evaluate("document.querySelectorAll('.drawing.wide .edge.on').length")).toBe(5);
  });

  test('without scripts it still shows all, and chooses by severity and by state', async () => {
    const { page, complaints } = await open('leaky', 1280, { scripts: false });
    const findings = verdicts.get('leaky')?.findings ?? [];
    expect(await page.evaluate(visibleFindings)).toBe(findings.length);
    expect(await page.evaluate("document.querySelector('.scripted').checkVisibility()")).toBe(false);
    await page.evaluate("document.getElementById('show-low').checked = false");
    expect(await page.evaluate(visibleFindings)).toBe(findings.filter((one) => one.severity !== 'low').length);
    await page.evaluate("document.getElementById('show-pass').checked = false");
    const passed = "[...document.querySelectorAll('.item.pass')].filter((one) => one.checkVisibility()).length";
    expect(await page.evaluate(passed)).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('every text is dark enough on what it stands on', async () => {
    for (const scheme of ['light', 'dark'] as const) {
      const { page } = await open('leaky', 1280, { scheme });
      expect(await page.evaluate(palestTexts)).toEqual([]);
    }
  });
});
