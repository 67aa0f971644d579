import { type Change, fixOf, leftBecause } from '../edit/change.ts';
import { setAttribute } from '../edit/compose.ts';
import { insertBeforeStart, keywordAs } from '../edit/dockerfile.ts';
import { inOneLine } from '../edit/yaml/value.ts';
import { bootOf } from '../model/boot-time.ts';
import type { Dockerfile } from '../model/dockerfile/dockerfile.ts';
import { type Probe, probeFor } from '../model/probe-for.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { printDuration } from '../vocabulary/duration.ts';
import type { Cure } from '../vocabulary/fix.ts';

/**
 * A health check that can work in that very image. In the Dockerfile where there is one, since it then serves whoever
 * runs the image; in Compose for an image that is pulled, or whose services would need different ones.
 */
export function addHealthcheck(service: Service, project: Project): Cure {
  const probe = probeFor(service, project);
  if ('none' in probe) return leftBecause(probe.none);
  const dockerfile = dockerfileToEdit(service, project, probe);
  const isAwaited = project.services.some(({ dependsOn }) => dependsOn.some((on) => on.service === service.name));
  return fixOf(
    {
      title: `Check its health: ${probe.asks}`,
      // Wrong, it would hold up whoever waits for it, and Swarm would replace the container.
      safety: probe.sure === 'certain' && !isAwaited && !service.attribute('deploy') ? 'safe' : 'review',
      provedBy: 'honest-health',
      ...(dockerfile && service.compose
        ? { note: 'in the Dockerfile, where it serves everybody who runs the image' }
        : {}),
    },
    dockerfile ? inDockerfile(dockerfile, service, probe) : inCompose(service, project, probe),
  );
}

function inCompose(service: Service, project: Project, { test }: Probe): Change {
  const [interval, timeout, retries] = [10, 3, 3];
  return setAttribute(project, service, 'healthcheck', {
    test: inOneLine(test),
    interval: `${interval}s`,
    timeout: `${timeout}s`,
    retries,
    start_period: startPeriod(service),
  });
}

function inDockerfile(dockerfile: Dockerfile, service: Service, { test }: Probe): Change {
  const stage = dockerfile.target;
  if (!stage) return leftBecause('its Dockerfile has no stage to put it in');
  const [form = '', ...words] = test;
  const command = form === 'CMD-SHELL' ? words.join(' ') : `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
  const keyword = keywordAs(dockerfile, 'HEALTHCHECK');
  const line = `${keyword} --interval=10s --timeout=3s --start-period=${startPeriod(service)} --retries=3 ${dockerfile.tree.escape}`;
  const lines = [line, `  ${keywordAs(dockerfile, 'CMD')} ${command}`];
  return { edits: [insertBeforeStart(stage, lines)], sets: [] };
}

/** The Dockerfile, when all services that build this very image would be asked the same way. */
function dockerfileToEdit(service: Service, project: Project, probe: Probe): Dockerfile | undefined {
  const { stage } = service.image;
  const dockerfile = stage?.dockerfile;
  if (!stage || !dockerfile?.target) return undefined;
  const others = project.services.filter(
    (other) =>
      other !== service &&
      other.image.stage?.dockerfile.file === dockerfile.file &&
      other.image.stage.index === stage.index,
  );
  const isSame = others.every((other) => {
    const theirs = probeFor(other, project);
    return (
      other.role.runs === 'server' && !('none' in theirs) && JSON.stringify(theirs.test) === JSON.stringify(probe.test)
    );
  });
  return isSame ? dockerfile : undefined;
}

/** Twice what such a service takes at least. */
function startPeriod(service: Service): string {
  return printDuration(Math.max(10_000, bootOf(service)[0] * 2));
}
