import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** Where a Chromium may be found; `SEAWORTHY_BROWSER` names another. */
const places = [
  process.env['SEAWORTHY_BROWSER'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export function findBrowser(): string | undefined {
  if (process.env['SEAWORTHY_BROWSER'] === 'none') return undefined;
  return places.find((place) => place !== undefined && place !== '' && fs.existsSync(place));
}

type Fields = Record<string, unknown>;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Fields;
  readonly result?: Fields;
  readonly error?: { readonly message: string };
}

/**
 * A Chromium spoken to over its debugging pipe (https://chromedevtools.github.io/devtools-protocol/): a page to open,
 * to ask and to look at needs no more, and so no dependency.
 */
export class Browser {
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #waiting = new Map<number, { resolve: (result: Fields) => void; reject: (error: Error) => void }>();
  readonly #listeners = new Set<(message: Message) => void>();
  #last = 0;
  #rest = '';

  constructor(executable: string) {
    this.#profile = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-browser-'));
    const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
    const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
    const own = [`--user-data-dir=${this.#profile}`, '--remote-debugging-pipe', 'about:blank'];
    this.#process = spawn(executable, [...flags, ...quiet, ...own], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    this.#process.on('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the browser ended'));
    });
    const reading = this.#process.stdio[4] as Readable;
    reading.setEncoding('utf8');
    reading.on('data', (chunk: string) => this.#take(chunk));
  }

  send(method: string, params: Fields = {}, sessionId?: string): Promise<Fields> {
    const id = ++this.#last;
    const writing = this.#process.stdio[3] as Writable;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      writing.write(`${JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) })}\0`);
    });
  }

  onEvent(listener: (message: Message) => void): void {
    this.#listeners.add(listener);
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.send('Browser.close').catch(() => undefined);
    await ended;
    fs.rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #take(chunk: string): void {
    const parts = (this.#rest + chunk).split('\0');
    this.#rest = parts.pop() ?? '';
    for (const part of parts) {
      const message: Message = JSON.parse(part);
      const waiting = message.id === undefined ? undefined : this.#waiting.get(message.id);
      if (message.id === undefined) for (const listener of this.#listeners) listener(message);
      else if (message.error) waiting?.reject(new Error(message.error.message));
      else waiting?.resolve(message.result ?? {});
      if (message.id !== undefined) this.#waiting.delete(message.id);
    }
  }
}

export interface View {
  readonly width: number;
  readonly height: number;
  readonly scheme?: 'light' | 'dark';
  readonly scripts?: boolean;
}

/** One page, and what it said and asked for while it was open. */
export class Page {
  /** Errors and warnings of the console, exceptions, and what the page's policy refused. */
  readonly complaints: string[] = [];
  /** Addresses asked for, the page's own file and data addresses apart. */
  readonly requests: string[] = [];
  readonly #browser: Browser;
  readonly #session: string;

  constructor(browser: Browser, session: string) {
    this.#browser = browser;
    this.#session = session;
  }

  static async open(browser: Browser, file: string, view: View): Promise<Page> {
    const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
    const page = new Page(browser, String(sessionId));
    const address = `file://${file}`;
    let loaded: (() => void) | undefined;
    const done = new Promise<void>((resolve) => {
      loaded = resolve;
    });
    browser.onEvent((message) => {
      if ((message as { sessionId?: string }).sessionId !== page.#session) return;
      const text = JSON.stringify(message.params);
      if (message.method === 'Page.loadEventFired') loaded?.();
      if (message.method === 'Runtime.exceptionThrown' || message.method === 'Log.entryAdded')
        page.complaints.push(text);
      if (message.method === 'Runtime.consoleAPICalled') page.complaints.push(text);
      if (message.method === 'Network.requestWillBeSent') {
        const url = String((message.params?.['request'] as Fields | undefined)?.['url']);
        if (url !== address && !url.startsWith('data:') && !url.startsWith(`${address}#`)) page.requests.push(url);
      }
    });
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await page.#send(`${domain}.enable`);
    const { width, height } = view;
    await page.#send('Emulation.setDeviceMetricsOverride', {
      width,
      height,
      deviceScaleFactor: 1,
      mobile: width < 600,
    });
    const features = [
      { name: 'prefers-color-scheme', value: view.scheme ?? 'light' },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ];
    await page.#send('Emulation.setEmulatedMedia', { features });
    if (view.scripts === false) await page.#send('Emulation.setScriptExecutionDisabled', { value: true });
    await page.#send('Page.navigate', { url: address });
    await done;
    return page;
  }

  /** The value of an expression in the page; it must be plain data. */
  async ask(expression: string): Promise<unknown> {
    const answer = await this.#send('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true });
    if (answer['exceptionDetails']) throw new Error(JSON.stringify(answer['exceptionDetails']));
    return (answer['result'] as Fields)['value'];
  }

  async screenshot(file: string): Promise<void> {
    const { data } = await this.#send('Page.captureScreenshot', { captureBeyondViewport: true });
    fs.writeFileSync(file, Buffer.from(String(data), 'base64'));
  }

  #send(method: string, params: Fields = {}): Promise<Fields> {
    return this.#browser.send(method, params, this.#session);
  }
}
