import { expect, test } from 'vitest';
import { mend } from '../house/mended.ts';

const only = [
  'dockerfile/apt-lists-left',
  'dockerfile/pip-cache',
  'dockerfile/apk-cache',
  'dockerfile/node-cache-left',
];

async function mounted(dockerfile: string): Promise<string | undefined> {
  const outcome = await mend({ Dockerfile: dockerfile }, { only, wishes: { caches: 'mounted' } });
  return outcome.files.get('Dockerfile');
}

test('cache mounts in the place of cleaning up, where that is wished for', async () => {
  expect(await mounted('FROM python:3.13-slim\nRUN pip install -r requirements.txt\n')).toBe(
    'FROM python:3.13-slim\nRUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt\n',
  );
  expect(await mounted('FROM debian:13-slim\nRUN apt-get update \\\n && apt-get install -y tini\n')).toBe(
    `FROM debian:13-slim
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \\
    --mount=type=cache,target=/var/lib/apt,sharing=locked \\
    apt-get update \\
 && apt-get install -y tini
`,
  );
});

test('another user, and later installs from the same lists, get what they would have got', async () => {
  expect(await mounted('FROM node:22-slim\nUSER node\nRUN npm ci\n')).toBe(
    'FROM node:22-slim\nUSER node\nRUN npm ci && npm cache clean --force\n',
  );
  expect(
    await mounted(
      'FROM debian:13-slim\nRUN apt-get update && apt-get install -y a\nCOPY . .\nRUN apt-get install -y b\n',
    ),
  ).toBe(
    'FROM debian:13-slim\nRUN apt-get update && apt-get install -y a && rm -rf /var/lib/apt/lists/*\nCOPY . .\nRUN apt-get update && apt-get install -y b && rm -rf /var/lib/apt/lists/*\n',
  );
});
