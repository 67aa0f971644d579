import fs from 'node:fs';

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
