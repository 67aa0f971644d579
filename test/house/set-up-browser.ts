import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { findBrowser } from './find-browser.ts';

/**
 * Before the tests: the HTML report is tested in a real browser. Where there is none, Debian's Chromium is installed
 * (as root, with apt-get), and said so; where that cannot be, one clear line names the tests that are left out.
 */
export default function setUpBrowser(): void {
  if (findBrowser() || process.env['SEAWORTHY_BROWSER'] === 'none') return;
  if (process.platform === 'linux' && process.geteuid?.() === 0 && fs.existsSync('/usr/bin/apt-get')) {
    process.stdout.write(
      'Installing Chromium from the distribution, to test the HTML report in (SEAWORTHY_BROWSER=none leaves it out)\n',
    );
    const apt = (...args: string[]) =>
      spawnSync('apt-get', args, {
        stdio: 'ignore',
        timeout: 300_000,
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      }).status === 0;
    if (apt('update', '-qq') && apt('install', '-y', '-qq', '--no-install-recommends', 'chromium') && findBrowser())
      return;
  }
  process.stdout.write(
    'NO BROWSER: the HTML report is not tested in one. Install Chromium, or name one in SEAWORTHY_BROWSER\n',
  );
}
