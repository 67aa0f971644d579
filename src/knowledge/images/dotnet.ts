import type { ImageRow, Piece } from '../image-row.ts';
import { alpine, busyboxTools, debian, noTools, nothing, root, slimTools, ubuntu } from './pieces.ts';

/** Microsoft .NET. */
export function dotnet(): readonly ImageRow[] {
  const dotnetAspnet = {
    image: 'mcr.microsoft.com/dotnet/aspnet',
    pattern: '^mcr\\.microsoft\\.com/dotnet/(?:nightly/)?(?:aspnet|runtime|runtime-deps|monitor)$',
    kind: 'language',
    users: [{ name: 'app', uid: 1654, gid: 1654 }],
    confidence: 'certain',
  } as const satisfies Piece;
  return [
    {
      ...dotnetAspnet,
      variant: 'azurelinux distroless',
      tags: '^.*azurelinux.*distroless.*$',
      samples: ['10.0-azurelinux3.0-distroless', '8.0-azurelinux3.0-distroless-extra'],
      ...nothing,
      os: { family: 'other' },
      libc: 'glibc',
      defaultUser: { name: 'app', uid: 1654 },
      importantEnv: [
        {
          name: 'ASPNETCORE_HTTP_PORTS',
          default: '8080',
          why: 'since .NET 8 the app listens on 8080, not 80: mapping "80:80" reaches nothing',
        },
        { name: 'APP_UID', default: '1654', why: 'uid of the app user; use USER $APP_UID' },
        {
          name: 'DOTNET_SYSTEM_GLOBALIZATION_INVARIANT',
          default: 'true',
          why: 'no ICU (unless -extra): culture data is missing',
        },
      ],
      tools: noTools,
      probe: {
        test: ['CMD', 'dotnet', 'MyApp.dll', '--healthcheck'],
        note: 'no shell, no curl: only the app itself can probe',
      },
      notes: ['no shell, no package manager, runs as uid 1654'],
      sources: ['dotnet/dotnet-docker@3ed00b611cc8:src/runtime-deps/10.0/noble-chiseled/amd64/Dockerfile'],
    },
    {
      ...dotnetAspnet,
      variant: 'chiseled',
      tags: '^.*(?:chiseled|distroless).*$',
      samples: ['8.0-noble-chiseled', '9.0-noble-chiseled-extra', '8.0-jammy-chiseled'],
      ...nothing,
      os: { family: 'ubuntu' },
      libc: 'glibc',
      defaultUser: { name: 'app', uid: 1654 },
      importantEnv: [
        {
          name: 'ASPNETCORE_HTTP_PORTS',
          default: '8080',
          why: 'since .NET 8 the app listens on 8080, not 80: mapping "80:80" reaches nothing',
        },
        { name: 'APP_UID', default: '1654', why: 'uid of the app user; use USER $APP_UID' },
        {
          name: 'DOTNET_SYSTEM_GLOBALIZATION_INVARIANT',
          default: 'true',
          why: 'no ICU (unless -extra): culture data is missing',
        },
      ],
      tools: noTools,
      probe: {
        test: ['CMD', 'dotnet', 'MyApp.dll', '--healthcheck'],
        note: 'no shell, no curl: only the app itself can probe',
      },
      notes: ['no shell, no package manager, runs as uid 1654'],
      sources: ['dotnet/dotnet-docker@3ed00b611cc8:src/runtime-deps/10.0/noble-chiseled/amd64/Dockerfile'],
    },
    {
      ...dotnetAspnet,
      variant: 'alpine',
      tags: '^.*alpine.*$',
      samples: ['8.0-alpine', '10.0-alpine3.23'],
      ...alpine,
      ...root,
      importantEnv: [
        {
          name: 'ASPNETCORE_HTTP_PORTS',
          default: '8080',
          why: 'since .NET 8 the app listens on 8080, not 80: mapping "80:80" reaches nothing',
        },
        { name: 'APP_UID', default: '1654', why: 'uid of the app user; use USER $APP_UID' },
        { name: 'DOTNET_SYSTEM_GLOBALIZATION_INVARIANT', default: 'true', why: 'no ICU' },
      ],
      tools: busyboxTools,
      probe: { test: ['CMD', 'wget', '-qO/dev/null', 'http://127.0.0.1:8080/healthz'] },
      notes: [
        'a non-root user app (uid 1654) exists but is not the default, except in chiseled/distroless variants',
        'busybox wget is there, curl is not',
      ],
      sources: [
        'dotnet/dotnet-docker@3ed00b611cc8:src/runtime-deps/10.0/alpine3.23/amd64/Dockerfile',
        'docker-library/repo-info@e8ed2a2eb849:repos/traefik/local/v3.7.md',
      ],
    },
    {
      ...dotnetAspnet,
      variant: 'ubuntu',
      tags: '^(?!.*(?:azurelinux|cbl-|nanoserver|windowsservercore))(?:(?:1\\d|[2-9]\\d)\\.\\d.*|latest|.+-(?:noble|jammy|focal|bionic|resolute)(?:-.+)?)$',
      samples: ['10.0', '10.0-noble', '8.0-jammy', 'latest'],
      ...ubuntu,
      ...root,
      importantEnv: [
        {
          name: 'ASPNETCORE_HTTP_PORTS',
          default: '8080',
          why: 'since .NET 8 the app listens on 8080, not 80: mapping "80:80" reaches nothing',
        },
        { name: 'APP_UID', default: '1654', why: 'uid of the app user; use USER $APP_UID' },
      ],
      tools: { ...slimTools, openssl: true },
      probe: {
        test: [
          'CMD',
          'bash',
          '-c',
          'exec 3<>/dev/tcp/127.0.0.1/8080 && printf "GET /healthz HTTP/1.0\\r\\n\\r\\n" >&3 && head -1 <&3 | grep -q " 200 "',
        ],
        note: 'bash /dev/tcp, since neither curl nor wget is there; or install curl',
      },
      notes: [
        'a non-root user app (uid 1654) exists but is not the default, except in chiseled/distroless variants',
        'no curl or wget in runtime images: health checks must use the app itself or an added tool',
        'the plain tag is Debian 12 for 8.0/9.0 but Ubuntu 24.04 (noble) for 10.0: no Debian images exist for .NET 10',
        'the openssl CLI comes with ca-certificates',
      ],
      sources: [
        'dotnet/dotnet-docker@3ed00b611cc8:src/runtime-deps/10.0/noble/amd64/Dockerfile',
        'dotnet/dotnet-docker@3ed00b611cc8:src/runtime-deps/8.0/bookworm-slim/amd64/Dockerfile',
        'docker-library/repo-info@e93beb259b1d:repos/python/local/3.13-slim-trixie.md',
      ],
    },
    {
      ...dotnetAspnet,
      variant: 'debian',
      tags: '^(?!.*(?:azurelinux|cbl-|nanoserver|windowsservercore))[1-9]\\.\\d.*$',
      samples: ['8.0', '9.0-bookworm-slim', '6.0'],
      ...debian,
      ...root,
      importantEnv: [
        {
          name: 'ASPNETCORE_HTTP_PORTS',
          default: '8080',
          why: 'since .NET 8 the app listens on 8080, not 80: mapping "80:80" reaches nothing',
        },
        { name: 'APP_UID', default: '1654', why: 'uid of the app user; use USER $APP_UID' },
      ],
      tools: { ...slimTools, openssl: true },
      probe: {
        test: [
          'CMD',
          'bash',
          '-c',
          'exec 3<>/dev/tcp/127.0.0.1/8080 && printf "GET /healthz HTTP/1.0\\r\\n\\r\\n" >&3 && head -1 <&3 | grep -q " 200 "',
        ],
        note: 'bash /dev/tcp, since neither curl nor wget is there; or install curl',
      },
      notes: [
        'a non-root user app (uid 1654) exists but is not the default, except in chiseled/distroless variants',
        'no curl or wget in runtime images: health checks must use the app itself or an added tool',
        'the plain tag is Debian 12 for 8.0/9.0 but Ubuntu 24.04 (noble) for 10.0: no Debian images exist for .NET 10',
        'the openssl CLI comes with ca-certificates',
      ],
      sources: [
        'dotnet/dotnet-docker@3ed00b611cc8:src/runtime-deps/10.0/noble/amd64/Dockerfile',
        'dotnet/dotnet-docker@3ed00b611cc8:src/runtime-deps/8.0/bookworm-slim/amd64/Dockerfile',
        'docker-library/repo-info@e93beb259b1d:repos/python/local/3.13-slim-trixie.md',
      ],
    },
    {
      image: 'mcr.microsoft.com/dotnet/sdk',
      variant: 'alpine',
      tags: '^.*alpine.*$',
      samples: ['9.0-alpine', '8.0-alpine3.22'],
      kind: 'build',
      ...alpine,
      ...root,
      tools: { curl: true, wget: 'busybox', git: true },
      oneShot: true,
      buildStageOnly: true,
      confidence: 'likely',
      sources: ['dotnet/dotnet-docker@3ed00b611cc8:src/sdk/10.0/noble/amd64/Dockerfile'],
    },
    {
      image: 'mcr.microsoft.com/dotnet/sdk',
      tags: '^(?!.*(?:nanoserver|windowsservercore|azurelinux|cbl-)).+$',
      samples: ['8.0', '10.0-noble'],
      kind: 'build',
      ...root,
      libc: 'glibc',
      packageManager: 'apt',
      shell: '/bin/sh',
      tools: { curl: true, wget: 'GNU', git: true, bash: true },
      oneShot: true,
      buildStageOnly: true,
      notes: ['build stage only'],
      confidence: 'certain',
      sources: ['dotnet/dotnet-docker@3ed00b611cc8:src/sdk/10.0/noble/amd64/Dockerfile'],
    },
  ];
}
