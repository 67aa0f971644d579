import type { ImageRow, Piece } from '../image-row.ts';
import { busyboxTools, root, slimTools, terminates } from './pieces.ts';

/** Go and Rust: build stages, hardly ever the image that runs. */
export function compiled(): readonly ImageRow[] {
  const golang = {
    image: 'golang',
    kind: 'language',
    ...root,
    ...terminates,
    shell: '/bin/sh',
    entrypoint: null,
    workdir: '/go',
    exposedPorts: [],
    volumes: [],
    oneShot: true,
    buildStageOnly: true,
    confidence: 'certain',
  } as const satisfies Piece;
  const rust = {
    image: 'rust',
    kind: 'language',
    ...root,
    shell: '/bin/sh',
    oneShot: true,
    buildStageOnly: true,
    confidence: 'certain',
  } as const satisfies Piece;
  return [
    {
      ...golang,
      cmd: ['/bin/sh'], // Alpine's own
      variant: 'alpine',
      tags: '^(?:.+-)?alpine(?:\\d+\\.\\d+)?$',
      samples: ['1.26-alpine', 'alpine3.24'],
      os: { family: 'alpine' },
      libc: 'musl',
      packageManager: 'apk',
      tools: { ...busyboxTools, go: true, git: false },
      notes: [
        'no git: go get of private modules fails',
        'GOTOOLCHAIN=local is set: a newer go line in go.mod is an error instead of a download',
        'build stage image: a final stage FROM golang ships the whole toolchain',
      ],
      sources: ['docker-library/golang@7c8c182bfc19:1.26/alpine3.23/Dockerfile'],
    },
    {
      ...golang,
      cmd: ['bash'], // Debian's own, by way of buildpack-deps
      tags: '^(?!.*(?:alpine|nanoserver|windowsservercore)).+$',
      samples: ['1.26', '1.27-bookworm', 'latest'],
      os: { family: 'debian' },
      libc: 'glibc',
      packageManager: 'apt',
      tools: { curl: true, wget: 'GNU', bash: true, perl: true, git: true, go: true },
      notes: [
        'GOTOOLCHAIN=local is set',
        'only the two newest Go releases get rebuilt tags: 1.26 and 1.27 in Aug 2026',
      ],
      sources: [
        'docker-library/golang@7c8c182bfc19:1.26/trixie/Dockerfile',
        'docker-library/buildpack-deps@8330ca1d2319:debian/trixie/curl/Dockerfile',
      ],
    },
    {
      ...rust,
      variant: 'alpine',
      tags: '^(?:.+-)?alpine(?:\\d+\\.\\d+)?$',
      samples: ['1-alpine', '1.90-alpine3.22'],
      os: { family: 'alpine' },
      libc: 'musl',
      packageManager: 'apk',
      tools: { ...busyboxTools, rustc: true, cargo: true },
      sources: ['rust-lang/docker-rust@7668ee290612:stable/alpine3.23/Dockerfile'],
    },
    {
      ...rust,
      variant: 'slim',
      tags: '^(?:.+-)?slim(?:-(?:trixie|bookworm|bullseye|buster|stretch|jessie|wheezy))?$',
      samples: ['1-slim', '1.90-slim-bookworm'],
      ...terminates,
      os: { family: 'debian' },
      libc: 'glibc',
      packageManager: 'apt',
      entrypoint: null,
      cmd: ['bash'], // Debian's own
      exposedPorts: [],
      volumes: [],
      tools: { ...slimTools, rustc: true, cargo: true, gcc: true },
      notes: [
        'wget is installed for rustup and removed again; no pkg-config or libssl-dev: openssl-sys fails to build',
      ],
      sources: ['rust-lang/docker-rust@7668ee290612:stable/trixie/slim/Dockerfile'],
    },
    {
      ...rust,
      tags: '^(?!.*(?:slim|alpine)).+$',
      samples: ['1', '1.90-bookworm', 'latest'],
      ...terminates,
      os: { family: 'debian' },
      libc: 'glibc',
      packageManager: 'apt',
      entrypoint: null,
      cmd: ['bash'], // Debian's own
      exposedPorts: [],
      volumes: [],
      tools: { curl: true, wget: 'GNU', bash: true, perl: true, git: true, rustc: true, cargo: true },
      sources: [
        'rust-lang/docker-rust@7668ee290612:stable/trixie/Dockerfile',
        'docker-library/buildpack-deps@8330ca1d2319:debian/trixie/curl/Dockerfile',
      ],
    },
  ];
}
