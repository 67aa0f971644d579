import type { ImageRow, Piece } from '../image-row.ts';
import { alpine, debian, root, ubuntu } from './pieces.ts';
import { thin } from './thin.ts';

/** Languages beyond the common ones, and names that are gone. */
export function moreLanguages(): readonly ImageRow[] {
  const plain: Piece = { ...root };
  return [
    ...[
      'elixir',
      'erlang',
      'haskell',
      'perl',
      'swift',
      'groovy',
      'clojure',
      'jruby',
      'pypy',
      'dart',
      'crystallang/crystal',
    ].map((image) => thin(image, 'language', plain)),
    ...[
      'gcc',
      'silkeh/clang',
      'emscripten/emsdk',
      'messense/rust-musl-cross',
      'sbtscala/scala-sbt',
      'hseeberger/scala-sbt',
    ].map((image) => thin(image, 'build', { ...plain, buildStageOnly: true, oneShot: true })),
    ...[
      'azul/zulu-openjdk',
      'sapmachine',
      'ibm-semeru-runtimes',
      'bellsoft/liberica-openjdk-debian',
      'mcr.microsoft.com/openjdk/jdk',
    ].map((image) => thin(image, 'language', plain)),
    ...['azul/zulu-openjdk-alpine', 'bellsoft/liberica-openjdk-alpine', 'bellsoft/liberica-runtime-container'].map(
      (image) =>
        thin(image, 'language', { ...plain, os: { family: 'alpine' }, packageManager: 'apk', shell: '/bin/sh' }),
    ),
    thin('ghcr.io/graalvm/native-image-community', 'build', {
      ...plain,
      buildStageOnly: true,
      os: { family: 'oracle' },
    }),
    thin('ghcr.io/graalvm/graalvm-community', 'language', { ...plain, os: { family: 'oracle' } }),
    thin('mono', 'language', {
      ...debian,
      ...root,
      deprecated: { why: 'no longer updated, and built on Debian 10', instead: 'mcr.microsoft.com/dotnet/runtime' },
    }),
    thin('java', 'language', {
      ...debian,
      ...root,
      deprecated: { why: 'replaced by openjdk in 2016, itself deprecated in 2022', instead: 'eclipse-temurin' },
      sources: ['https://hub.docker.com/_/java'],
    }),
    thin('microsoft/dotnet', 'language', {
      ...root,
      aliases: ['microsoft/aspnetcore', 'microsoft/aspnetcore-build'],
      deprecated: {
        why: 'moved to mcr.microsoft.com in 2018; not updated since',
        instead: 'mcr.microsoft.com/dotnet/aspnet',
      },
    }),
    thin('mcr.microsoft.com/dotnet/core/aspnet', 'language', {
      ...root,
      pattern: '^mcr\\.microsoft\\.com/dotnet/core/(?:aspnet|runtime|runtime-deps)$',
      samples: ['3.1', '2.1-alpine3.12'],
      deprecated: { why: '.NET Core ended with 3.1 on 2022-12-13', instead: 'mcr.microsoft.com/dotnet/aspnet' },
    }),
    thin('mcr.microsoft.com/dotnet/core/sdk', 'build', {
      ...root,
      samples: ['3.1'],
      buildStageOnly: true,
      deprecated: { why: '.NET Core ended with 3.1 on 2022-12-13', instead: 'mcr.microsoft.com/dotnet/sdk' },
    }),
    thin('mcr.microsoft.com/powershell', 'tool', { ...root, oneShot: true }),
    thin('mhart/alpine-node', 'language', {
      ...alpine,
      ...root,
      tools: { node: true },
      deprecated: { why: 'no longer updated', instead: 'node:<version>-alpine' },
    }),
    thin('public.ecr.aws/lambda/nodejs', 'language', {
      pattern: '^public\\.ecr\\.aws/lambda/[a-z]+$',
      os: { family: 'amazon' },
      entrypoint: ['/lambda-entrypoint.sh'],
      workdir: '/var/task',
      notes: ['only AWS Lambda, or its emulator on 8080, can start a handler in it'],
      sources: ['https://docs.aws.amazon.com/lambda/latest/dg/images-create.html'],
    }),
    thin('mcr.microsoft.com/devcontainers/base', 'build', {
      pattern: '^mcr\\.microsoft\\.com/(?:vscode/)?devcontainers/[a-z/-]+$',
      users: [{ name: 'vscode', uid: 1000 }],
      buildStageOnly: true,
      notes: ['for developing inside: compilers, sudo, editors'],
      sources: ['https://github.com/devcontainers/images'],
    }),
    thin('cimg/node', 'build', {
      pattern: '^(?:cimg|circleci)/[a-z0-9.-]+$',
      ...ubuntu,
      defaultUser: { name: 'circleci' },
      buildStageOnly: true,
      oneShot: true,
      notes: ['a CI image: sudo without a password'],
      sources: ['https://circleci.com/docs/circleci-images/'],
    }),
    thin('ghcr.io/astral-sh/uv', 'build', {
      samples: ['python3.12-bookworm-slim', '0.9-alpine'],
      oneShot: true,
      ...root,
      tools: { uv: true },
      sources: ['https://docs.astral.sh/uv/guides/integration/docker/'],
    }),
  ];
}
