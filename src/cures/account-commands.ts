import { keywordAs } from '../edit/dockerfile.ts';
import { accountId } from '../knowledge/account-id.ts';
import type { Dockerfile, Stage } from '../model/dockerfile/dockerfile.ts';
import type { Image } from '../model/image/image.ts';

/** How an account is made in the distribution's own way; with a home, since many programs keep a cache there. */
export function accountCommands(image: Image, name: string): string[] | undefined {
  const family = image.facts?.os?.family;
  switch (family ?? byManager(image.packageManager ?? managerUsed(image.stage))) {
    case 'debian':
    case 'ubuntu':
      return withUseradd(name);
    case 'rhel':
    case 'fedora':
    case 'amazon':
    case 'oracle':
      // Small images leave out shadow-utils.
      return image.software.has('useradd').presence === 'no' ? undefined : withUseradd(name);
    case 'alpine':
    case 'wolfi':
    case 'busybox':
      return [`addgroup -S -g ${accountId} ${name}`, `adduser -S -D -u ${accountId} -G ${name} ${name}`];
    default:
      return undefined;
  }
}

/** Commands as one RUN, each in a line of its own. */
export function asRun(dockerfile: Dockerfile, commands: readonly string[]): string[] {
  const run = keywordAs(dockerfile, 'RUN');
  return commands.map((command, index) => {
    const line = index === 0 ? `${run} ${command}` : `  && ${command}`;
    return index < commands.length - 1 ? `${line} ${dockerfile.tree.escape}` : line;
  });
}

function withUseradd(name: string): string[] {
  return [
    `groupadd --system --gid ${accountId} ${name}`,
    `useradd --system --uid ${accountId} --gid ${name} --create-home ${name}`,
  ];
}

/** The package manager that the stage calls, where the base is not known: that much it tells. */
function managerUsed(stage: Stage | undefined): string | undefined {
  const names = new Set(stage?.steps.flatMap(({ commands }) => commands.map(({ name }) => name)));
  if (names.has('apt-get') || names.has('apt')) return names.has('apk') ? undefined : 'apt';
  return names.has('apk') ? 'apk' : undefined;
}

function byManager(manager: string | undefined): 'debian' | 'alpine' | undefined {
  return manager === 'apt' ? 'debian' : manager === 'apk' ? 'alpine' : undefined;
}
