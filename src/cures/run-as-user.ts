import { type Change, fixOf, leftBecause } from '../edit/change.ts';
import { insertAfter, insertBefore, keywordAs } from '../edit/dockerfile.ts';
import type { Stage } from '../model/dockerfile/dockerfile.ts';
import { writableHostFolder } from '../model/data-places.ts';
import { programWrite } from '../model/program-writes.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { mainCommand } from '../model/service-role.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** Starts as root by design: workers of its own give root up, or it starts other programs that need it. */
const rootByDesign =
  /^(?:nginx|openresty|httpd|apache2|apache2-foreground|apache2ctl|apachectl|httpd-foreground|php-fpm[\d.]*|postfix|master|sshd|crond?|supervisord|s6-svscan|my_init|runsvdir|dovecot|haproxy|init|systemd|dockerd|containerd)$/;
/** Commands of an entrypoint that only root can run. */
const needsRoot =
  /^(?:chown|apt|apt-get|apk|dnf|yum|useradd|usermod|groupmod|adduser|service|mount|iptables|sysctl|ldconfig|update-ca-certificates|setcap)$/;
/** Free in every distribution's own range, and high enough for no user of the host to have it. */
const id = 10001;

/**
 * A user for the image: the one that a line makes or the base ships, else one of our own with a fixed id, which then
 * owns the working directory and the places the app writes to.
 */
export function runAsUser(service: Service, project: Project): Cure {
  const { image } = service;
  const stage = image.stage;
  if (service.attribute('user') !== undefined) return leftBecause('somebody wrote its user by name');
  if (!stage) return leftBecause('its image is made elsewhere');
  const same = sharing(service, project);
  const obstacle =
    same.map((other) => obstacleOf(other, project)).find((why) => why !== undefined) ?? stageObstacle(stage, project);
  if (obstacle !== undefined) return leftBecause(obstacle);
  const places = placesOf(same);
  const account = accountFor(service);
  if ('left' in account) return account;
  const low = service.listens.find(({ value }) => value < 1024);
  return fixOf(
    {
      title: account.create ? `Run as a user of its own, ${account.name}` : `Run as ${account.name}`,
      safety: 'review',
      provedBy: 'runs-as-non-root',
      note: low
        ? `port ${low.value} works without root on Docker 20.10 and newer; other runtimes may refuse it`
        : 'files that it writes must belong to that user, in volumes too',
    },
    inStage(stage, account.lines(places), places),
  );
}

/** Services that run this very stage. */
function sharing(service: Service, project: Project): Service[] {
  const { stage } = service.image;
  return project.services.filter(
    (other) =>
      other === service ||
      (other.image.stage?.dockerfile.file === stage?.dockerfile.file && other.image.stage?.index === stage?.index),
  );
}

function obstacleOf(service: Service, project: Project): string | undefined {
  const socket = service.mounts.find(({ type, target }) => type === 'bind' && target.endsWith('.sock'));
  if (socket) return `it uses ${socket.target}, which belongs to root on the host`;
  // Files of the host keep their owner: what root in the container wrote there, nobody else may write.
  const folder = writableHostFolder(service);
  const line = folder && programWrite(service, project);
  if (line !== undefined)
    return `its program writes files (${line}), and ${folder?.source} of the host, at ${folder?.target}, belongs to somebody else`;
  const main = mainCommand(service.process.commands)?.name;
  if (main !== undefined && rootByDesign.test(main))
    return `${main} starts as root by design, and gives it up in what it starts`;
  const inRootsHome = service.process.commands.some(({ words }) =>
    words.some(({ text }) => /^\/root(?:\/|$)/.test(text)),
  );
  if (inRootsHome) return 'its command names files below /root, which only root may enter';
  const installer = service.process.commands.find(
    ({ name, words }) =>
      /^(?:pip\d?|npm|yarn|pnpm|gem|bundle|composer)$/.test(name ?? '') &&
      /^(?:i|install|ci|add)$/.test(words[1]?.text ?? ''),
  );
  if (installer) return `its start installs packages with ${installer.name}`;
  const helper = service.process.commands.find(({ name }) => name !== undefined && needsRoot.test(name));
  return helper ? `its start calls ${helper.name}, which needs root` : undefined;
}

function stageObstacle(stage: Stage, project: Project): string | undefined {
  const own = stage.steps.some(({ instruction }) => /^(?:CMD|ENTRYPOINT)$/.test(instruction.keyword));
  if (!own) return 'it has no command of its own, so what is built on it may need root';
  const isParent = project.dockerfiles.some(
    ({ file, stages }) =>
      file === stage.dockerfile.file && stages.some(({ from, isUsed }) => isUsed && from.stage?.index === stage.index),
  );
  if (isParent) return 'other stages are built on this one, and may need root';
  if (stage.steps.some(({ instruction }) => instruction.keyword === 'ONBUILD'))
    return 'images are built on it (ONBUILD), and may need root';
  return undefined;
}

interface Lines {
  readonly prepare: readonly string[];
  readonly user: readonly string[];
}

interface Account {
  readonly name: string;
  readonly create: boolean;
  readonly lines: (places: readonly string[]) => Lines;
}

function accountFor(service: Service): Account | { readonly left: string } {
  const { image } = service;
  const dockerfile = image.stage?.dockerfile;
  if (!dockerfile) return leftBecause('its image is made elsewhere');
  const user = keywordAs(dockerfile, 'USER');
  const run = keywordAs(dockerfile, 'RUN');
  const owning = (name: string, places: readonly string[]) => [
    ...atLeastOne(
      'mkdir -p',
      places.filter((place) => !isThere(service, place)),
    ),
    ...atLeastOne(`chown ${name}`, places),
  ];
  const join = (commands: readonly string[]) =>
    commands.map((command, index) => (index === 0 ? `${run} ${command}` : `  && ${command}`));
  const wrap = (commands: readonly string[]) =>
    commands.length === 0
      ? []
      : join(commands).map((line, index) => (index < commands.length - 1 ? `${line} ${dockerfile.tree.escape}` : line));
  const canRun = image.shell === 'yes';
  const { usable } = image.accounts;
  if (usable)
    return {
      name: usable.name,
      create: false,
      lines: (places) => ({
        prepare: canRun ? wrap(owning(`${usable.name}:`, places)) : [],
        user: [`${user} ${usable.name}`],
      }),
    };
  if (image.isScratch || image.shell === 'no')
    return { name: String(id), create: false, lines: () => ({ prepare: [], user: [`${user} ${id}:${id}`] }) };
  const make = commandsFor(service);
  if (!make || !canRun) return leftBecause('it is not known which distribution it is, and so how a user is made there');
  if (image.accounts.find('app').presence === 'yes')
    return leftBecause('there is a user "app" already, which nobody runs as');
  return {
    name: 'app',
    create: true,
    lines: (places) => ({ prepare: wrap([...make, ...owning('app:app', places)]), user: [`${user} app`] }),
  };
}

function atLeastOne(command: string, places: readonly string[]): string[] {
  return places.length === 0 ? [] : [`${command} ${places.join(' ')}`];
}

function isVolume(image: Service['image'], place: string): boolean {
  return image.volumes.some(({ value }) => value === place);
}

/** WORKDIR makes its directory, and so does a line that creates one. */
function isThere({ image, workdir }: Service, place: string): boolean {
  if (isVolume(image, place)) return false;
  const byLine = workdir?.from.kind === 'file' && workdir.value.replace(/(?<=.)\/$/, '') === place;
  return byLine || image.files.some(({ kind, path }) => (kind === 'create' || kind === 'workdir') && path === place);
}

/** In the distribution's own way; with a home, since many programs keep a cache there. */
function commandsFor({ image }: Service): string[] | undefined {
  const family = image.facts?.os?.family;
  switch (family ?? byManager(image.packageManager ?? managerUsed(image.stage))) {
    case 'debian':
    case 'ubuntu':
      return [`groupadd --system --gid ${id} app`, `useradd --system --uid ${id} --gid app --create-home app`];
    case 'rhel':
    case 'fedora':
    case 'amazon':
    case 'oracle':
      // Small images leave out shadow-utils.
      return image.software.has('useradd').presence === 'no'
        ? undefined
        : [`groupadd --system --gid ${id} app`, `useradd --system --uid ${id} --gid app --create-home app`];
    case 'alpine':
    case 'wolfi':
    case 'busybox':
      return [`addgroup -S -g ${id} app`, `adduser -S -D -u ${id} -G app app`];
    default:
      return undefined;
  }
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

const system =
  /^\/(?:$|bin|boot|dev|etc|lib\w*|proc|root|sbin|sys|usr(?:\/(?!src\/|app|local\/(?:app|src|share\/app))|$)|run$|var$|home$|opt$|srv$|mnt$|tmp$|media$)/;
const written = /\/(?:data|uploads?|logs?|cache|tmp|storage|media|db|state|instance|public\/uploads)$/i;

/** The working directory, and what the Dockerfile or a volume makes for the app to write in. */
function placesOf(services: readonly Service[]): string[] {
  const places = new Set<string>();
  for (const { image, mounts, workdir } of services) {
    const directory = workdir?.value;
    if (directory?.startsWith('/') && !system.test(directory) && !directory.includes('$'))
      places.add(directory.replace(/(?<=.)\/$/, ''));
    for (const { value, from } of image.volumes) if (from.kind === 'file') places.add(value);
    for (const { kind, path } of image.files) if (kind === 'create' && written.test(path)) places.add(path);
    for (const { type, target, readOnly } of mounts) if (type === 'volume' && !readOnly) places.add(target);
  }
  return [...places]
    .filter(
      (place) => /^\/[\w./-]+$/.test(place) && !/^\/(?:tmp|var\/tmp)$/.test(place) && !/\/node_modules$/.test(place),
    )
    .slice(0, 6);
}

/**
 * USER before CMD, ENTRYPOINT and what belongs to them, behind everything that needs root. What prepares the places goes
 * there too; above VOLUME where a place is one, since the classic builder forgets what is changed below
 * (https://docs.docker.com/reference/dockerfile/#notes-about-specifying-volumes).
 */
function inStage(stage: Stage, { prepare, user }: Lines, places: readonly string[]): Change {
  const { dockerfile, steps } = stage;
  const trailing = /^(?:CMD|ENTRYPOINT|HEALTHCHECK|STOPSIGNAL|EXPOSE|USER)$/;
  let first = steps.length;
  while (first > 0 && trailing.test(steps[first - 1]?.instruction.keyword ?? '')) first -= 1;
  const start = steps
    .slice(first)
    .find(({ instruction }) => /^(?:CMD|ENTRYPOINT|HEALTHCHECK)$/.test(instruction.keyword))?.instruction;
  const last = steps.at(-1)?.instruction ?? stage.from.instruction;
  const lastUser = steps.findLast(({ instruction }) => instruction.keyword === 'USER')?.instruction;
  const volume = steps.find(
    ({ instruction }) =>
      instruction.keyword === 'VOLUME' &&
      instruction.words.some(({ text }) => places.some((place) => text.includes(place))),
  )?.instruction;
  const isBehind = start !== undefined && lastUser !== undefined && lastUser.span.start > start.span.start;
  const at = (lines: readonly string[]) =>
    start && !isBehind ? insertBefore(dockerfile, start, lines) : insertAfter(dockerfile, last, lines);
  if (!volume || prepare.length === 0) return { edits: [at([...prepare, ...user])], sets: [] };
  return { edits: [insertBefore(dockerfile, volume, prepare), at(user)], sets: [] };
}
