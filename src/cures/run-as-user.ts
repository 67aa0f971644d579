import { type Change, fixOf, leftBecause } from '../edit/change.ts';
import { insertAfter, insertBefore, keywordAs } from '../edit/dockerfile.ts';
import { accountId } from '../knowledge/account-id.ts';
import { writableHostFolder } from '../model/data-places.ts';
import type { Stage } from '../model/dockerfile/dockerfile.ts';
import { programWrite } from '../model/program-writes.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { mainCommand } from '../model/service-role.ts';
import type { Cure } from '../vocabulary/fix.ts';
import { accountCommands, asRun } from './account-commands.ts';

/** Starts as root by design: workers of its own give root up, or it starts other programs that need it. */
const rootByDesign =
  /^(?:nginx|openresty|httpd|apache2|apache2-foreground|apache2ctl|apachectl|httpd-foreground|php-fpm[\d.]*|postfix|master|sshd|crond?|supervisord|s6-svscan|my_init|runsvdir|dovecot|haproxy|init|systemd|dockerd|containerd)$/;
/** Accounts of programs beside the app. */
const ofOthers = /^(?:syslog|messagebus|sshd|ssh|postfix|cron|ftp|vsftpd|mail|ntp|dbus|polkitd|stunnel4?|telegraf)$/;
/** Commands of an entrypoint that only root can run. */
const needsRoot =
  /^(?:chown|apt|apt-get|apk|dnf|yum|useradd|usermod|groupmod|adduser|service|mount|iptables|sysctl|ldconfig|update-ca-certificates|setcap)$/;
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
  const builder = service.process.commands.find(
    ({ name, words }) =>
      /^(?:cargo|mvn|mvnw|gradle|gradlew|sbt|lein|mix|stack|cabal)$/.test(name ?? '') ||
      (name === 'dotnet' && /^(?:run|watch|build)$/.test(words[1]?.text ?? '')),
  );
  if (builder) return `its start builds with ${builder.name}, in directories that the image made as root`;
  if (installer) return `its start installs packages with ${installer.name}`;
  const downBy = ['gosu', 'su-exec'].find((tool) => service.image.software.has(tool).presence === 'yes');
  const script = service.process.entrypoint?.value?.words[0]?.text ?? '';
  if (downBy && /entrypoint|\.sh$/.test(script)) return `${script} most likely gives up root by itself, with ${downBy}`;
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
  const owning = (name: string, places: readonly string[]) => [
    ...atLeastOne(
      'mkdir -p',
      places.filter((place) => !isThere(service, place)),
    ),
    ...atLeastOne(`chown ${name}`, places),
  ];
  const wrap = (commands: readonly string[]) => asRun(dockerfile, commands);
  const canRun = image.shell === 'yes';
  const { usable } = image.accounts;
  if (usable && !ofOthers.test(usable.name))
    return {
      name: usable.name,
      create: false,
      lines: (places) => ({
        prepare: canRun
          ? wrap(
              owning(
                `${usable.name}:`,
                places.filter((place) => !isOwned(image, place, usable.name)),
              ),
            )
          : [],
        user: [`${user} ${usable.name}`],
      }),
    };
  if (image.isScratch || image.shell === 'no')
    return {
      name: String(accountId),
      create: false,
      lines: () => ({ prepare: [], user: [`${user} ${accountId}:${accountId}`] }),
    };
  const make = accountCommands(image, 'app');
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

/** Some line gives it away already. */
function isOwned(image: Service['image'], place: string, name: string): boolean {
  return image.files.some(
    ({ kind, path, owner }) =>
      kind === 'chown' && (path === place || place.startsWith(`${path}/`)) && owner?.split(/[:.]/)[0] === name,
  );
}

/** WORKDIR makes its directory, and so does a line that creates one. */
function isThere({ image, workdir }: Service, place: string): boolean {
  if (image.files.some(({ kind, path }) => kind === 'create' && path === place)) return true;
  if (isVolume(image, place)) return false;
  const byLine = workdir?.from.kind === 'file' && workdir.value.replace(/(?<=.)\/$/, '') === place;
  return byLine || image.files.some(({ kind, path }) => (kind === 'create' || kind === 'workdir') && path === place);
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
      (place) =>
        /^\/[\w./-]+$/.test(place) && !/^\/(?:tmp$|var\/tmp$|etc\/)/.test(place) && !/\/node_modules$/.test(place),
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
