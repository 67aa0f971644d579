import type { Engine } from '../engine/engine.ts';
import { SeaworthyError } from '../vocabulary/error.ts';
import type { Building } from './bring-up-options.ts';
import type { BuildPlan, ServicePlan } from './plan.ts';

/** Where the Dockerfile stands in the archive when it does not lie in the context: no context has such a name. */
const apart = '.seaworthy.Dockerfile';

/** Builds or pulls what the service is made from, as its policy says. */
export async function imageReady(engine: Engine, { name: service, image }: ServicePlan, how: Building): Promise<void> {
  const { name, build, pull, platform, refreshAfterMs } = image;
  const known = await engine.images.inspect(name);
  if (build) {
    if (known && how.build === 'missing' && pull !== 'build') return;
    how.onStep?.(`building ${service}`);
    return buildImage(engine, service, name, build, how);
  }
  if (pull === 'build')
    throw new SeaworthyError('unsupported', `"${service}" asks to be built (pull_policy), and has no build`);
  const isOld = refreshAfterMs !== undefined && known !== undefined && ageMs(known) > refreshAfterMs;
  if (pull === 'never' ? known : known && pull !== 'always' && !isOld) return;
  if (pull === 'never')
    throw new SeaworthyError('engine-refused', `The image ${name} of "${service}" is not there`, {
      hint: 'Its pull_policy is never: load or build it first.',
    });
  how.onStep?.(`pulling ${name}`);
  await engine.images.pull(name, {
    ...(platform === undefined ? {} : { platform }),
    ...(how.signal ? { signal: how.signal } : {}),
  });
}

/** Since it was last pulled or tagged. */
function ageMs(image: Readonly<Record<string, unknown>>): number {
  const metadata = image['Metadata'];
  const tagged: unknown =
    typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'LastTagTime') : undefined;
  const at = typeof tagged === 'string' ? Date.parse(tagged) : Number.NaN;
  return Number.isNaN(at) ? Number.POSITIVE_INFINITY : Date.now() - at;
}

async function buildImage(
  engine: Engine,
  service: string,
  tag: string,
  build: BuildPlan,
  { contextFiles, onBuildLine, signal }: Building,
): Promise<void> {
  if (!contextFiles) throw new SeaworthyError('internal', `Nobody tells what the build of "${service}" is sent`);
  const given = Object.entries(build.arguments).filter((entry): entry is [string, string] => entry[1] !== null);
  await engine.images.build({
    tag,
    tags: build.tags,
    entries: contextFiles(service),
    dockerfile: build.dockerfile ?? apart,
    ...(build.dockerfileText === undefined ? {} : { dockerfileText: build.dockerfileText }),
    ...(build.target === undefined ? {} : { target: build.target }),
    arguments: Object.fromEntries(given),
    labels: build.labels,
    cacheFrom: build.cacheFrom,
    extraHosts: build.extraHosts,
    ulimits: build.ulimits,
    secrets: build.secrets,
    ...(build.network === undefined ? {} : { network: build.network }),
    ...(build.shmBytes === undefined ? {} : { shmBytes: build.shmBytes }),
    ...(build.platform === undefined ? {} : { platform: build.platform }),
    noCache: build.noCache,
    pull: build.pull,
    ...(signal ? { signal } : {}),
    ...(onBuildLine ? { onLine: (line: string) => onBuildLine(service, line) } : {}),
  });
}
