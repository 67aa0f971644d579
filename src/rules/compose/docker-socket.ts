import { child } from '../../model/compose/tree-access.ts';
import type { MountPoint } from '../../model/service.ts';
import { isContainer } from '../deployed.ts';
import { hostDirectoryAliases } from '../host-paths.ts';
import { isOnAllInterfaces } from '../published-ports.ts';
import type { Rule } from '../rule.ts';

const sockets =
  /(?:^|\/)(?:docker|podman|containerd|crio|cri-dockerd|buildkitd)\.sock$|docker_engine$|docker\.sock\.raw$/;
const usual = /^(?:\/var)?\/run\/docker\.sock$/;
const kics = 'kics:docker_socket_mounted_in_container';
const semgrep = 'semgrep:exposing-docker-socket-volume';
/** They give out a part of the API only, which is the cure: somebody has to hold the socket. */
const filters = /(?:docker-)?socket-proxy|docker-proxy-acl|docker-guard/i;
/** Made to steer or watch Docker. The risk is the same, but it was taken knowingly. */
const managers =
  /traefik|visualizer|portainer|watchtower|dozzle|diun|ouroboros|autoheal|cadvisor|netdata|datadog|glances|docker-gen|acme-companion|swarmpit|shepherd|dockge|yacht|homepage|nginx-proxy|runner|woodpecker|drone|jenkins|telegraf|promtail|vector|fluent|filebeat|ofelia|caddy-docker|coolify|lazydocker|beszel|localstack|cleanup|prune|docker:|backup|sablier/i;

export const dockerSocket: Rule = {
  id: 'compose/docker-socket',
  summary: "A container has the engine's socket",
  why: 'Who can write to the socket can start a privileged container with the disk of the host in it; mounting it read-only does not change that.',
  sources: [
    'https://docs.docker.com/engine/security/#docker-daemon-attack-surface',
    'https://docs.docker.com/engine/security/protect-access/',
  ],
  severity: 'critical',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN4'],
  aliases: [kics, 'kics:volume_has_sensitive_host_directory', semgrep],
  byHand: 'only you know what needs the engine; a proxy that lets few calls through is the usual way',
  examples: { bad: 'bad-app', good: 'good-socket-proxy' },
  service(service, report) {
    // What is built here on a known tool is that tool, with a configuration of its own.
    const image = `${service.imageName?.value ?? ''} ${service.image.base?.name ?? ''}`;
    if (!isContainer(service) || filters.test(image)) return;
    for (const mount of service.mounts) {
      if (isForgotten(mount)) {
        report({
          at: mount.span,
          message: `"${service.name}" has an empty volume at ${mount.target}, where the engine's socket was meant`,
          severity: 'low',
          confidence: 'likely',
          aliases: [kics, semgrep],
        });
        continue;
      }
      if (!isSocket(mount)) continue;
      const knowingly = managers.test(image);
      const open = service.ports.some(isOnAllInterfaces);
      report({
        at: mount.span,
        message: knowingly
          ? `"${service.name}" holds the engine's socket, so whoever takes it over is root on the host`
          : `"${service.name}" can do anything on the host through the engine's socket`,
        severity: knowingly && !open ? 'medium' : knowingly ? 'high' : 'critical',
        aliases: aliasesOf(mount),
      });
    }
  },
};

/** `- /var/run/docker.sock` without a second path makes an anonymous volume of that name inside the container. */
function isForgotten(mount: MountPoint): boolean {
  return mount.type === 'volume' && mount.source === undefined && usual.test(mount.target);
}

function aliasesOf(mount: MountPoint): readonly string[] {
  // semgrep knows the two usual paths, in the short form without options.
  // What the short form leaves out stands nowhere but at its own place.
  const isLong = child(mount.node, 'type')?.span.end !== mount.span.end;
  const isUsual = usual.test(mount.source ?? '') && (isLong || (usual.test(mount.target) && !mount.readOnly));
  return [kics, ...hostDirectoryAliases(mount.source), ...(isUsual ? [semgrep] : [])];
}

function isSocket(mount: MountPoint): boolean {
  return (
    (mount.source !== undefined && sockets.test(mount.source)) || (mount.type === 'bind' && sockets.test(mount.target))
  );
}
