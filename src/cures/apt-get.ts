import { edited, fixOf, leftBecause } from '../edit/change.ts';
import { replaceWord } from '../edit/script.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { PackageCommand } from '../model/image/package-commands.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** What a script calls for each verb of apt, by apt-get(8) and apt-cache(8). */
const calls: Readonly<Record<string, readonly [program: string, verb?: string]>> = {
  install: ['apt-get'],
  reinstall: ['apt-get', 'install --reinstall'],
  update: ['apt-get'],
  // apt also installs what an upgrade newly depends on; apt-get does so when told.
  upgrade: ['apt-get', 'upgrade --with-new-pkgs'],
  'full-upgrade': ['apt-get', 'dist-upgrade'],
  'dist-upgrade': ['apt-get'],
  remove: ['apt-get'],
  purge: ['apt-get'],
  autoremove: ['apt-get'],
  autopurge: ['apt-get', 'autoremove --purge'],
  clean: ['apt-get'],
  autoclean: ['apt-get'],
  'build-dep': ['apt-get'],
  source: ['apt-get'],
  download: ['apt-get'],
  show: ['apt-cache'],
  search: ['apt-cache'],
  policy: ['apt-cache'],
  depends: ['apt-cache'],
  rdepends: ['apt-cache'],
};

export function aptGet(step: Step, { command, written, verbSpan }: PackageCommand): Cure {
  const call = Object.hasOwn(calls, written ?? '') ? calls[written ?? ''] : undefined;
  const name = command.words.find(({ text }) => text === 'apt' || text.endsWith('/apt'));
  if (!call || !name) return leftBecause(`scripts have no stable command for "apt ${written}"`);
  const [program, verb] = call;
  return fixOf(
    { title: `Call ${program}`, safety: 'safe' },
    edited(
      replaceWord(step, name, name.text.replace(/apt$/, program)),
      ...(verb === undefined ? [] : [replaceWord(step, verbSpan, verb)]),
    ),
  );
}
