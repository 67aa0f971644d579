import type { ImageRow, Piece } from '../image-row.ts';
import { terminates } from './pieces.ts';

/** Bitnami's Debian images, frozen since August 2025. The last row catches the rest. */
export function bitnami(): readonly ImageRow[] {
  const bitnamiSources = [
    'https://github.com/bitnami/containers/issues/83267',
    'https://github.com/bitnami/charts/issues/35164',
  ] as const;
  const bitnami = {
    ...terminates,
    os: { family: 'debian', version: '12' },
    libc: 'glibc',
    packageManager: 'apt',
    shell: '/bin/bash',
    defaultUser: { uid: 1001 },
    deprecated: {
      why: 'from 2025-08-28 versioned Debian-based images moved to docker.io/bitnamilegacy (no updates), the public bitnami catalog lost them by 2025-09-29; docker.io/bitnamisecure has only "latest", for development',
      instead: 'the upstream official image, or Bitnami Secure Images (paid)',
    },
    confidence: 'certain',
  } as const satisfies Piece;
  return [
    {
      ...bitnami,
      image: 'bitnami/postgresql',
      pattern: '^bitnami(?:legacy)?/postgresql$',
      tags: '^.+$',
      samples: ['17', '16.4.0-debian-12-r0'],
      kind: 'database',
      entrypoint: ['/opt/bitnami/scripts/postgresql/entrypoint.sh'],
      cmd: ['/opt/bitnami/scripts/postgresql/run.sh'],
      exposedPorts: ['5432/tcp'],
      volumes: ['/bitnami/postgresql', '/docker-entrypoint-initdb.d', '/docker-entrypoint-preinitdb.d'],
      tools: { curl: false, bash: true, pg_isready: true, psql: true },
      dataDir: '/bitnami/postgresql',
      singleWriter: true,
      notes: [
        'uid 1001 and other paths and variable names (POSTGRESQL_PASSWORD...) than the official image: not a drop-in swap',
      ],
      sources: [...bitnamiSources, 'bitnami/containers@0293904cf4e5:bitnami/postgresql/17/debian-12/Dockerfile'],
    },
    {
      ...bitnami,
      image: 'bitnami/redis',
      pattern: '^bitnami(?:legacy)?/redis$',
      tags: '^.+$',
      samples: ['7.4', '8.0.3-debian-12-r1'],
      kind: 'cache',
      entrypoint: ['/opt/bitnami/scripts/redis/entrypoint.sh'],
      cmd: ['/opt/bitnami/scripts/redis/run.sh'],
      exposedPorts: ['6379/tcp'],
      volumes: [],
      tools: { curl: false, bash: true, 'redis-cli': true },
      dataDir: '/bitnami/redis/data',
      singleWriter: true,
      sources: [...bitnamiSources, 'bitnami/containers@0f576b4d319b:bitnami/redis/8.0/debian-12/Dockerfile'],
    },
    {
      ...bitnami,
      image: 'bitnami/*',
      pattern: '^bitnami(?:legacy)?/[a-z0-9._-]+$',
      tags: '^.+$',
      samples: ['latest', '3.9'],
      kind: 'app',
      notes: [
        'fallback for every other bitnami image: non-root uid 1001, curl removed after build, data under /bitnami/<app>',
        'bitnami/minideb was exempt from the move',
      ],
      sources: [
        ...bitnamiSources,
        'bitnami/containers@0293904cf4e5:bitnami/postgresql/17/debian-12/Dockerfile',
        'bitnami/containers@0f576b4d319b:bitnami/redis/8.0/debian-12/Dockerfile',
      ],
    },
  ];
}
