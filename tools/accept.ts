import fs from 'node:fs';
import path from 'node:path';
import { check } from '../src/index.ts';
import { mendedText } from '../test/house/mended.ts';
import { expectLine, ruleFixtures } from '../test/house/rule-fixtures.ts';

/**
 * `npm run accept [-- <part of a fixture's path>]`: writes what the rules say now into the `expect.txt` of bad
 * fixtures, what they mend into `expect.diff`, and shows each line that changed. For after the difference was read and found right: expected output is
 * behaviour. A finding on a good fixture is never accepted.
 */
const root = path.dirname(import.meta.dirname);
const wanted = process.argv[2] ?? '';
let refused = 0;

for (const fixture of ruleFixtures(root)) {
  const place = path.relative(root, fixture.directory);
  if (!place.includes(wanted)) continue;
  const verdict = await check({ files: fixture.files }, { only: [fixture.rule] });
  const found = verdict.findings.filter(({ rule }) => rule === fixture.rule).map(expectLine);
  const bad = fixture.name.startsWith('bad-');
  const gone = fixture.expected.filter((line) => !found.includes(line));
  const come = found.filter((line) => !fixture.expected.includes(line));
  const reordered = gone.length === 0 && come.length === 0 && found.join('\n') !== fixture.expected.join('\n');

  if (gone.length > 0 || come.length > 0 || reordered) {
    process.stdout.write(`${place}${reordered ? ' (order)' : ''}\n`);
    for (const line of gone) process.stdout.write(`  - ${line}\n`);
    for (const line of come) process.stdout.write(`  + ${line}\n`);
  }
  if (verdict.failures.length > 0 || bad !== found.length > 0) {
    refused += 1;
    for (const failure of verdict.failures) process.stdout.write(`${place}: the rule threw: ${failure.message}\n`);
    process.stdout.write(
      `${place}: not accepted: ${bad ? 'a bad fixture without a finding' : 'a good fixture with one'}\n`,
    );
  } else if (bad) {
    fs.writeFileSync(path.join(fixture.directory, 'expect.txt'), `${found.join('\n')}\n`);
    const mended = await mendedText(fixture.files, fixture.rule);
    const place = path.join(fixture.directory, 'expect.diff');
    if (mended !== fixture.mended)
      process.stdout.write(`${path.relative(root, place)}\n${mended.replaceAll(/^/gm, '  ')}\n`);
    if (mended === '') fs.rmSync(place, { force: true });
    else fs.writeFileSync(place, mended);
  }
}
process.exitCode = refused > 0 ? 1 : 0;
