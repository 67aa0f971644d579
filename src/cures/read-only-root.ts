import { type Change, fixOf, leftBecause, noChange, together } from '../edit/change.ts';
import { appendAttribute, setAttribute, writtenAttribute } from '../edit/compose.ts';
import { factConfidence } from '../knowledge/image-facts.ts';
import { child } from '../model/compose/tree-access.ts';
import { isAtOrBelow } from '../model/data-places.ts';
import { programWrite } from '../model/program-writes.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { mainCommand } from '../model/service-role.ts';
import { missingWritePlaces } from '../model/write-places.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** Development servers, and package managers, write beside the code. */
const writesBesideCode =
  /^(?:npm|npx|yarn|pnpm|bun|vite|next|nuxt|ng|webpack|nodemon|air|go|cargo|mvn|gradle|dotnet-watch|apache2-foreground|supervisord)$/;

/** `read_only: true`, and a tmpfs for each place that the image is known to write to and no volume covers. */
export function readOnlyRoot(service: Service, project: Project): Cure {
  const places = placesToOpen(service, project);
  if (typeof places === 'string') return leftBecause(places);
  return fixOf(
    {
      title:
        places.length > 0 ? `Make the root read-only, with a tmpfs at ${places.join(', ')}` : 'Make the root read-only',
      safety: 'review',
      provedBy: 'read-only-root',
    },
    setAttribute(project, service, 'read_only', true),
    addTmpfs(service, project, places),
  );
}

/**
 * A tmpfs for what a read-only service has no place for. It hides what the image holds there, and what is written to it
 * is gone with the container: safe only where the image is known for certain, and never for data.
 */
export function openPlaces(service: Service, project: Project, places: readonly string[]): Cure {
  const { facts, stage } = service.image;
  const data = dataAmong(service, places);
  if (data !== undefined) return leftBecause(`it keeps its data in ${data}: give that a volume`);
  const isKnown = stage === undefined && facts !== undefined && factConfidence(facts, 'writes') === 'certain';
  return fixOf(
    {
      title: `Put a tmpfs at ${places.join(', ')}`,
      safety: isKnown ? 'safe' : 'review',
      provedBy: 'read-only-root',
    },
    addTmpfs(service, project, places),
  );
}

/** Of these places the one that holds the service's data. */
function dataAmong({ image: { facts } }: Service, places: readonly string[]): string | undefined {
  const { dataDir } = facts ?? {};
  return dataDir === undefined ? undefined : places.find((path) => isAtOrBelow(dataDir, path));
}

function placesToOpen(service: Service, project: Project): readonly string[] | string {
  const { facts, stage, isScratch } = service.image;
  const copied = service.secrets.find(({ value }) => child(project.compose?.secrets.get(value), 'environment'));
  // Measured with Compose 2.26 on Engine 20.10: "container rootfs is marked read-only".
  if (copied)
    return `its secret "${copied.value}" comes from a variable, and Compose could not copy it into a read-only root`;
  const made = ownPlaces(service);
  if (made.length > 0) return `it makes ${made.join(', ')} to write in: choose volumes for what must be kept`;
  const main = mainCommand(service.process.commands)?.name;
  if (main && writesBesideCode.test(main)) return `${main} writes into the image's own directories`;
  if (
    service.mounts.some(
      ({ type, source }) =>
        type === 'bind' &&
        source !== undefined &&
        stage !== undefined &&
        !/\.(?:conf|ya?ml|json|toml|ini|sock|crt|pem|key|cfg|properties|xml|txt)$/.test(source),
    )
  )
    return 'the sources are mounted for development';
  const missing = missingWritePlaces(service, project);
  if (missing) {
    const data = dataAmong(service, missing);
    return data === undefined ? missing : `it keeps its data in ${data}: give that a volume first`;
  }
  if (!stage && !isScratch)
    return 'nobody has looked at where this image writes: the read-only-root drill finds it out';
  if (facts && facts.kind !== 'language' && facts.kind !== 'base' && facts.kind !== 'build')
    return `nobody has looked at where ${facts.image} writes`;
  const written = programWrite(service, project);
  if (written !== undefined) return `its program writes files (${written}): choose the places that must be writable`;
  // Runtimes keep to /tmp: uploads, sockets, heartbeat files of gunicorn.
  return service.tmpfs.some(({ value }) => value.split(':')[0] === '/tmp') ||
    service.mounts.some(({ target }) => target === '/tmp')
    ? []
    : ['/tmp'];
}

/** Directories that the Dockerfile makes for the app to write in, outside its volumes. */
function ownPlaces(service: Service): string[] {
  const { image, mounts } = service;
  const covered = [...mounts.map(({ target }) => target), ...image.volumes.map(({ value }) => value)];
  const names = /\/(?:data|uploads?|logs?|cache|tmp|storage|media|var|db|state|run)$/i;
  return [
    ...new Set(image.files.filter(({ kind, path }) => kind === 'create' && names.test(path)).map(({ path }) => path)),
  ]
    .filter((path) => !covered.some((place) => path === place || path.startsWith(`${place}/`)))
    .slice(0, 5);
}

function addTmpfs(service: Service, project: Project, places: readonly string[]): Change {
  if (places.length === 0) return noChange;
  const written = writtenAttribute(project, service, 'tmpfs');
  if (!written) return setAttribute(project, service, 'tmpfs', places);
  if (written.kind === 'scalar') return setAttribute(project, service, 'tmpfs', [String(written.value), ...places]);
  return together(...places.map((place) => appendAttribute(project, service, 'tmpfs', place)));
}
