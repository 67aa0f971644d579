import type { Piece } from '../image-row.ts';

/** What rows share. Tools: a missing name is not known; `perl` on Debian and Ubuntu is perl-base. */
export const alpine = {
  os: { family: 'alpine' },
  libc: 'musl',
  packageManager: 'apk',
  shell: '/bin/sh',
} as const satisfies Piece;

export const debian = {
  os: { family: 'debian' },
  libc: 'glibc',
  packageManager: 'apt',
  shell: '/bin/sh',
} as const satisfies Piece;

export const ubuntu = {
  os: { family: 'ubuntu' },
  libc: 'glibc',
  packageManager: 'apt',
  shell: '/bin/sh',
} as const satisfies Piece;

export const root = { defaultUser: { name: 'root', uid: 0 } } as const satisfies Piece;

/** Stops on SIGTERM and has no HEALTHCHECK of its own, like nearly every image. */
export const terminates = { stopSignal: null, healthcheck: null } as const satisfies Piece;

/** A distribution as it comes: a shell is its CMD, and nothing else is set (each image's Dockerfile or image config). */
export const startsShell = (...cmd: readonly string[]) =>
  ({ ...terminates, entrypoint: null, cmd, exposedPorts: [], volumes: [] }) satisfies Piece;

/** No shell and no package manager. */
export const nothing = { packageManager: null, shell: null } as const satisfies Piece;

export const noTools = {
  curl: false,
  wget: false,
  nc: false,
  bash: false,
  python: false,
  node: false,
  perl: false,
  openssl: false,
} as const;

/** Alpine as it comes. */
export const busyboxTools = { ...noTools, wget: 'busybox', nc: 'busybox' } as const;

/** debian:*-slim and ubuntu as they come. */
export const slimTools = {
  curl: false,
  wget: false,
  nc: false,
  bash: true,
  python: false,
  node: false,
  perl: true,
} as const;
