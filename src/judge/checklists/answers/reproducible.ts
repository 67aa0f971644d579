import type { Service } from '../../../model/service.ts';
import { type Answer, type Part, weigh, worst } from './answer.ts';
import { ask, built, type Look, part } from './look.ts';

import { pinnedBases } from './versions.ts';

const checks = new Set([
  'sha256sum',
  'sha512sum',
  'sha1sum',
  'shasum',
  'md5sum',
  'b2sum',
  'gpg',
  'gpg2',
  'gpgv',
  'cosign',
  'minisign',
  'openssl',
  'apt-key',
  'rpm',
]);

/** Bases and dependencies are fixed, and what is downloaded is checked. */
export function reproducible(look: Look, dependencies: Answer): Answer {
  const downloads = weigh(
    ask(built(look), (service) => unchecked(look, service)),
    'no image is built here',
  );
  return worst(pinnedBases(look), dependencies, downloads);
}

/** RUN lines that fetch a file and compare it with nothing. */
function unchecked(look: Look, service: Service): Part[] {
  const stages = service.build?.dockerfile?.stages.filter(({ isUsed }) => isUsed) ?? [];
  return stages
    .flatMap(({ steps }) => steps)
    .flatMap((step) => {
      const fetch = step.commands.find(
        ({ name, words }) =>
          (name === 'curl' || name === 'wget') &&
          words.some(({ text }) => /^(?:https?|ftp):\/\/(?!localhost|127\.)/.test(text)),
      );
      const isChecked = step.commands.some(
        ({ name, words }) =>
          checks.has(name ?? '') || words.some(({ text }) => /sha(?:256|512)|checksum|verify/i.test(text)),
      );
      return fetch && !isChecked
        ? [part(look, 'fail', service, `: ${fetch.name} fetches a file that is checked against nothing`, fetch.span)]
        : [];
    });
}
