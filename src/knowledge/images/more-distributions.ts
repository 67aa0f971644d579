import type { ImageRow } from '../image-row.ts';
import { alpine, debian, root, startsShell, ubuntu } from './pieces.ts';
import { thin } from './thin.ts';

const redHat =
  'https://docs.redhat.com/en/documentation/red_hat_enterprise_linux/9/html/building_running_and_managing_containers/assembly_types-of-container-images_building-running-and-managing-containers';

/** Distributions and base images beyond the official library's best known. */
export function moreDistributions(): readonly ImageRow[] {
  const rpm = { ...root, libc: 'glibc', shell: '/bin/sh', tools: { bash: true }, isBase: true } as const;
  return [
    ...ubi(),
    thin('rockylinux/rockylinux', 'base', {
      ...rpm,
      ...startsShell('/bin/bash'),
      os: { family: 'rhel' },
      packageManager: 'dnf',
    }),
    thin('quay.io/centos/centos', 'base', {
      ...rpm,
      ...startsShell('/bin/bash'),
      os: { family: 'rhel' },
      packageManager: 'dnf',
    }),
    thin('opensuse/leap', 'base', {
      ...rpm,
      ...startsShell('/bin/bash'),
      pattern: '^opensuse/(?:leap|tumbleweed)$',
      os: { family: 'suse' },
      packageManager: 'zypper',
      sources: ['https://hub.docker.com/r/opensuse/leap'],
    }),
    thin('photon', 'base', { ...root, os: { family: 'photon' }, libc: 'glibc', packageManager: 'tdnf', isBase: true }),
    thin('archlinux', 'base', {
      ...rpm,
      ...startsShell('/usr/bin/bash'),
      aliases: ['archlinux/archlinux'],
      os: { family: 'arch' },
      packageManager: 'pacman',
      notes: ['rolling: every tag but a date is a moving target'],
    }),
    thin('archlinux/base', 'base', {
      ...rpm,
      os: { family: 'arch' },
      packageManager: 'pacman',
      deprecated: { why: 'renamed; no longer updated', instead: 'archlinux' },
    }),
    thin('bitnami/minideb', 'base', {
      ...debian,
      ...root,
      isBase: true,
      sources: ['https://github.com/bitnami/minideb', 'https://github.com/kubeflow/pipelines/issues/12170'],
    }),
    thin('phusion/baseimage', 'base', {
      ...ubuntu,
      ...root,
      cmd: ['/sbin/my_init'],
      isBase: true,
      notes: ['my_init is an init system of its own: it reaps children and forwards the stop signal'],
    }),
    thin('gliderlabs/alpine', 'base', {
      ...alpine,
      ...root,
      isBase: true,
      deprecated: { why: 'no longer maintained', instead: 'alpine' },
    }),
    thin('curlimages/curl', 'tool', {
      oneShot: true,
      shell: '/bin/sh',
      os: { family: 'alpine' },
      entrypoint: ['/entrypoint.sh'],
      cmd: ['curl'],
      tools: { curl: true },
    }),
    thin('bash', 'base', { ...alpine, ...root, tools: { bash: true, curl: false }, isBase: true }),
    thin('hello-world', 'tool', {
      os: { family: 'none' },
      libc: null,
      packageManager: null,
      shell: null,
      oneShot: true,
    }),
  ];
}

/** Red Hat's Universal Base Images; `image-mirrors.ts` brings those of registry.access.redhat.com here. */
function ubi(): readonly ImageRow[] {
  const row = (end: string, packageManager: ImageRow['packageManager'], sample: string) =>
    thin(`redhat/${sample}`, 'base', {
      ...root,
      pattern: `^redhat/ubi(?:[789]|10)${end}$`,
      os: { family: 'rhel' },
      libc: 'glibc',
      packageManager,
      shell: '/bin/sh',
      tools: { bash: true },
      isBase: true,
      sources: [redHat],
    });
  return [
    row('-micro', null, 'ubi9-micro'),
    row('-minimal', 'microdnf', 'ubi8-minimal'),
    row('(?:-init)?', 'dnf', 'ubi9'),
  ];
}
