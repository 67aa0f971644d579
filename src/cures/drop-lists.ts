import { edited, fixOf } from '../edit/change.ts';
import { appendCommand } from '../edit/script.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { PackageCommand } from '../model/image/package-commands.ts';
import type { Cure, Fix } from '../vocabulary/fix.ts';
import { listsFor } from './fetch-lists-here.ts';

const removal = 'rm -rf /var/lib/apt/lists/*';

/** apt's lists removed in the layer that fetched them; later installs that used them fetch their own. */
export function dropLists(
  step: Step,
  update: PackageCommand,
  installs: readonly { readonly step: Step; readonly install: PackageCommand }[],
  safety: Fix['safety'],
): Cure {
  const sudo = update.through.includes('sudo') ? 'sudo ' : '';
  return fixOf(
    {
      title: `Remove the package lists in the same layer${installs.length > 0 ? ', and fetch them again for later installs' : ''}`,
      safety,
      ...(safety === 'review' ? { note: 'look whether a script of a later line installs from these lists' } : {}),
    },
    edited(appendCommand(step, `${sudo}${removal}`)),
    ...installs.map((install) => listsFor(install, update)),
  );
}
