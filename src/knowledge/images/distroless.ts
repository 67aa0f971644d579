import type { ImageRow, Piece } from '../image-row.ts';
import { noTools, root } from './pieces.ts';

const at = (path: string) => `GoogleContainerTools/distroless@cd080764af31:${path}`;
const sources = [at('static/static.bzl'), at('common/variables.bzl'), at('README.md')];

/** Google's distroless family: no shell, no package manager, root unless the tag says nonroot. */
export function distroless(): readonly ImageRow[] {
  return [
    ...variants('static(?:-debian\\d+)?', {
      image: 'gcr.io/distroless/static',
      kind: 'base',
      libc: null,
      tools: noTools,
      notes: ['about 2 MiB (README)', 'no libc: static binaries only'],
    }),
    ...variants('(?:base|base-nossl|cc|java-base)(?:-debian\\d+)?', {
      image: 'gcr.io/distroless/base',
      kind: 'base',
      libc: 'glibc',
      tools: noTools,
      notes: [
        'base is static with glibc and libssl; base-nossl has no libssl; cc adds libgcc and libstdc++; java-base has no java',
      ],
    }),
    ...variants('nodejs\\d*(?:-debian\\d+)?', {
      image: 'gcr.io/distroless/nodejs',
      kind: 'language',
      libc: 'glibc',
      entrypoint: ['/nodejs/bin/node'],
      tools: { ...noTools, node: '/nodejs/bin/node' },
      notes: [
        'CMD is the script alone: CMD ["node","app.js"] runs node with the argument "node"',
        'nodejs22, 24 and 26 are published on debian13; node on debian12 ended in January 2026',
      ],
      sources: [...sources, at('nodejs/nodejs.bzl')],
    }),
    ...variants('python3(?:-debian\\d+)?', {
      image: 'gcr.io/distroless/python3',
      kind: 'language',
      libc: 'glibc',
      tools: { ...noTools, python: '/usr/bin/python3' },
      notes: [
        'the entrypoint is the interpreter: CMD is the script; its version follows the Debian release',
        'python on debian12 ended in April 2026',
      ],
      sources: [...sources, at('python3/python.bzl')],
    }),
    ...variants('java\\d*(?:-debian\\d+)?', {
      image: 'gcr.io/distroless/java',
      kind: 'language',
      libc: 'glibc',
      entrypoint: ['/usr/bin/java', '-jar'],
      tools: { ...noTools, java: true },
      notes: [
        'CMD is the path of the jar',
        'java17, 21 and 25 live on debian13; those on debian12 ended in January 2026',
      ],
    }),
  ];
}

type Member = Piece & Pick<ImageRow, 'image' | 'kind'> & { readonly notes: readonly string[] };

/** The four tags of every image; `latest` and no tag are root. */
function variants(names: string, member: Member): readonly ImageRow[] {
  const family = {
    os: { family: 'debian' },
    packageManager: null,
    shell: null,
    users: [
      { name: 'root', uid: 0 },
      { name: 'nobody', uid: 65534 },
      { name: 'nonroot', uid: 65532, gid: 65532 },
    ],
    stopSignal: null,
    healthcheck: null,
    isBase: true,
    confidence: 'certain',
    sources,
    ...member,
    pattern: `^gcr\\.io/distroless/${names}$`,
  } as const;
  const nonroot = { defaultUser: { name: 'nonroot', uid: 65532, gid: 65532 }, workdir: '/home/nonroot' };
  const asRoot = { ...root, workdir: '/' };
  const shelled = {
    shell: '/busybox/sh',
    tools: { ...family.tools, wget: 'busybox', nc: 'busybox' },
    ...(/\/(?:static|base)$/.test(member.image) ? { entrypoint: ['/busybox/sh'] } : {}),
    notes: [...member.notes, 'debug tags are for debugging, not for production: they add a busybox shell'],
  };
  const bare = 'ENTRYPOINT, CMD and HEALTHCHECK in shell form cannot run: no shell';
  return [
    {
      ...family,
      ...nonroot,
      variant: 'nonroot',
      tags: '^nonroot(?:-[a-z0-9]+)?$',
      samples: ['nonroot', 'nonroot-amd64'],
      notes: [...member.notes, bare],
    },
    {
      ...family,
      ...asRoot,
      variant: 'root',
      tags: '^latest(?:-[a-z0-9]+)?$',
      samples: ['latest', 'latest-arm64'],
      notes: [...member.notes, 'no :nonroot tag means uid 0', bare],
    },
    {
      ...family,
      ...shelled,
      ...nonroot,
      variant: 'debug-nonroot',
      tags: '^debug-nonroot(?:-[a-z0-9]+)?$',
      samples: ['debug-nonroot', 'debug-nonroot-arm64'],
    },
    {
      ...family,
      ...shelled,
      ...asRoot,
      variant: 'debug',
      tags: '^debug(?:-[a-z0-9]+)?$',
      samples: ['debug', 'debug-amd64'],
    },
  ];
}
