import type { ServicePlan } from '../../stack/plan.ts';
import type { Note } from './isolated.ts';

/**
 * Labels that other programs on a real engine act upon: they would send real traffic to a drill's container, adopt it,
 * replace it, restart it or run something in it.
 */
const watched: readonly (readonly [pattern: RegExp, who: string])[] = [
  // https://docs.docker.com/compose/how-tos/project-name/: its containers are found by these.
  [/^com\.docker\.(?:compose|stack|swarm)\./, 'Docker Compose'],
  // https://doc.traefik.io/traefik/reference/routing-configuration/other-providers/docker/
  [/^traefik\./, 'Traefik'],
  // https://github.com/lucaslorentz/caddy-docker-proxy: `caddy`, `caddy_1`, `caddy.reverse_proxy`
  [/^caddy(?:[._]|$)/, 'Caddy'],
  // https://github.com/nginx-proxy/nginx-proxy/tree/main/docs
  [/^com\.github\.(?:nginx-proxy|jrcs)\./, 'nginx-proxy'],
  // https://containrrr.dev/watchtower/container-selection/
  [/^com\.centurylinklabs\.watchtower(?:\.|$)/, 'Watchtower'],
  // https://getwud.github.io/wud/#/configuration/watchers/
  [/^wud\./, "What's up Docker"],
  // https://crazymax.dev/diun/providers/docker/
  [/^diun\./, 'Diun'],
  // https://github.com/willfarrell/docker-autoheal
  [/^autoheal(?:\.|$)/, 'autoheal'],
  // https://github.com/mcuadros/ofelia: runs commands in labelled containers
  [/^ofelia\./, 'Ofelia'],
  // https://offen.github.io/docker-volume-backup/: stops labelled containers
  [/^docker-volume-backup\./, 'docker-volume-backup'],
  // https://sablierapp.dev: stops labelled containers
  [/^sablier\./, 'Sablier'],
  // https://docs.datadoghq.com/containers/docker/integrations/
  [/^com\.datadoghq\./, 'Datadog'],
  // https://www.elastic.co/docs/reference/beats/filebeat/configuration-autodiscover-hints
  [/^co\.elastic\./, 'Elastic Beats'],
  // Swarm's service discovery for Prometheus, by convention
  [/^prometheus[.\-_/]/, 'Prometheus'],
];

/** These take every container of an engine, unless it says no: by its labels an image may ask for them, too. */
const refusals = { 'traefik.enable': 'false', 'com.centurylinklabs.watchtower.enable': 'false' } as const;

/** nginx-proxy and its ACME companion read a container's environment. A name alone takes away what the image says. */
const watchedVariable = /^(?:VIRTUAL_(?:HOST|HOST_MULTIPORTS|PORT|PROTO|PATH|DEST)|LETSENCRYPT_\w+|ACME_HOST)$/;

/** A service that nobody else on the engine takes for a real one. */
export function unwatched(plan: ServicePlan, note: Note): ServicePlan {
  const { Env, Labels } = plan.body;
  const kept = Env?.map((variable) => {
    const [name = ''] = variable.split('=', 1);
    if (!watchedVariable.test(name)) return variable;
    note('variable', name, 'left out, so that no nginx-proxy sends real traffic here');
    return name;
  });
  const body = { ...plan.body, ...(kept ? { Env: kept } : {}), Labels: { ...ownLabels(Labels, note), ...refusals } };
  const build = plan.image.build;
  if (!build) return { ...plan, body };
  return { ...plan, body, image: { ...plan.image, build: { ...build, labels: ownLabels(build.labels, () => {}) } } };
}

/** Labels of a service, network or volume without those that somebody else acts upon. */
export function ownLabels(labels: Readonly<Record<string, string>>, note: Note): Record<string, string> {
  const kept: Record<string, string> = {};
  const left = new Map<string, string[]>();
  for (const [name, value] of Object.entries(labels)) {
    const who = watched.find(([pattern]) => pattern.test(name))?.[1];
    if (who === undefined) kept[name] = value;
    else left.set(who, [...(left.get(who) ?? []), name]);
  }
  for (const [who, names] of left)
    note(
      'label',
      names.length > 3 ? `${names.slice(0, 3).join(', ')} …` : names.join(', '),
      `left out: ${who} acts upon them`,
    );
  return kept;
}
