import { type ImageReference, parseImageReference } from '../../knowledge/image-reference.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import { basesOf, shownBase } from '../bases.ts';
import { copySourcesOf } from '../copy-sources.ts';
import type { Rule } from '../rule.ts';

const stranger = "an account that is neither Docker's nor a known publisher's";

/** Registries where anybody may publish. On any other host the company that runs it decides who pushes. */
const open: ReadonlySet<string> = new Set([
  'docker.io',
  'ghcr.io',
  'quay.io',
  'registry.gitlab.com',
  'gcr.io',
  'public.ecr.aws',
]);
/** Publishers that Docker verifies or sponsors, and makers who publish their own product (hub.docker.com, "Trusted content"). */
const known: ReadonlySet<string> = new Set(
  `library bitnami bitnamilegacy bitnamisecure docker moby grafana prom hashicorp nvidia pytorch tensorflow circleci cimg google amazon aws
  datadog elastic jenkins rocker continuumio mambaorg condaforge jupyter quay.io/jupyter selenium cypress mcr apache nginxinc nginx haproxytech traefik
  redis redislabs mongodb mysql oracle postgis timescale timescaledb pgvector percona clickhouse confluentinc rabbitmq minio keycloak
  oven denoland node distroless chainguard almalinux rockylinux redhat ubi8 ubi9 fedora opensuse ubuntu canonical debian alpine amazonlinux
  gitlab gitea sonarsource atlassian linuxserver portainer phusion tiangolo astral-sh astral-sh/uv prefecthq dagster airbyte neo4j
  influxdb telegraf sentry getsentry vault consul envoyproxy istio linkerd kong wordpress drupal azul graalvm sapmachine
  microsoft mcr.microsoft.com dotnet playwright puppeteer browserless renovate aquasec anchore sigstore rust-lang
  home-assistant nextcloud matrixdotorg mattermost rocketchat metabase supabase hasura directus strapi ghost
  pypa multiarch tonistiigi crazymax dockereng buildpack-deps buildpacks heroku paketobuildpacks
  distribution kubernetes k8s-artifacts rancher cilium prometheus prometheuscommunity coreos centos strimzi argoproj
  lambda docker/library ecs-optimized cloud-sdk google.com/cloudsdktool google-containers google_containers google-samples google-appengine cloud-builders cadvisor`.split(
    /\s+/,
  ),
);

export const unvettedBase: Rule = {
  id: 'dockerfile/unvetted-base',
  summary: 'A base image of a publisher that nobody vouches for',
  why: 'Whoever owns that account can change, drop or poison the image, and the next build takes what it finds.',
  sources: [
    'https://docs.docker.com/docker-hub/image-library/trusted-content/',
    'https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image',
  ],
  severity: 'low',
  confidence: 'guess',
  since: '0.1.0',
  mission: ['IMG17'],
  aliases: [],
  byHand: 'only you know whether you trust who made it',
  examples: { bad: 'bad-personal-account', good: 'good-official' },
  dockerfile(dockerfile, report, project) {
    const own = new Set(
      project.services.flatMap(({ build, imageName }) =>
        build && imageName?.reference ? [imageName.reference.name] : [],
      ),
    );
    for (const base of basesOf(dockerfile)) {
      const { reference, from, stage } = base;
      if (!stage.isUsed || own.has(reference.name) || isVouchedFor(reference)) continue;
      report({ at: from.span, message: `${shownBase(base)} comes from ${stranger}` });
    }
    for (const { from, span, named, stage } of copySourcesOf(dockerfile)) {
      if (!stage.isUsed) continue;
      const reference = named || !from.includes('/') ? undefined : parseImageReference(from);
      if (reference && !own.has(reference.name) && !isVouchedFor(reference))
        report({ at: span, message: `"${from}", which is copied from, comes from ${stranger}` });
    }
  },
};

function isVouchedFor(reference: ImageReference): boolean {
  const { registry, repository } = reference;
  if (!open.has(registry)) return true;
  // A bare name without facts is still an official image.
  if (registry === 'docker.io' && repository.startsWith('library/')) return true;
  const account = repository.slice(0, repository.indexOf('/'));
  return known.has(account) || imageFacts(reference) !== undefined;
}
