import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

export type { Browser };

/** The Chromium at this place; none is ever downloaded. */
export function openBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath });
}

export interface View {
  readonly width: number;
  readonly height: number;
  readonly scheme?: 'light' | 'dark';
  readonly scripts?: boolean;
}

/** One page, and what it said and asked for while it was open. */
export interface OpenPage {
  readonly page: Page;
  /** Whatever the console shows, exceptions, and what the page's policy refused. */
  readonly complaints: readonly string[];
  /** Addresses asked for, the page's own file and data addresses apart. */
  readonly requests: readonly string[];
}

export async function openPage(browser: Browser, file: string, view: View): Promise<OpenPage> {
  const { width, height, scheme: colorScheme = 'light', scripts: javaScriptEnabled = true } = view;
  const context = await browser.newContext({
    viewport: { width, height },
    isMobile: width < 600,
    colorScheme,
    reducedMotion: 'reduce',
    javaScriptEnabled,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  const address = pathToFileURL(file).href;
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const [url] = request.url().split('#');
    if (url !== address && !url?.startsWith('data:')) requests.push(request.url());
  });
  await page.goto(address);
  return { page, complaints, requests };
}
