import { expect, test } from 'vitest';
import { entryScript, ownCommand } from '../../src/model/entry-script.ts';
import { readProject } from '../../src/model/read-project.ts';
import { memoryFiles } from '../../src/read/files-memory.ts';

const script = '#!/bin/sh\nexec "$@"\n';

function read(files: Record<string, string>) {
  const project = readProject(memoryFiles(files), { today: '2026-11-21' });
  const service = project.services[0];
  if (!service) throw new Error('no service');
  return { project, service };
}

for (const [name, dockerfile, path] of [
  ['by its full path', 'COPY run.sh /run.sh\nENTRYPOINT ["/run.sh"]', 'run.sh'],
  ['renamed', 'COPY docker/run.sh /usr/bin/start\nENTRYPOINT ["/usr/bin/start"]', 'docker/run.sh'],
  ['in a copied folder', 'COPY docker /opt/docker\nENTRYPOINT ["/opt/docker/run.sh"]', 'docker/run.sh'],
  ['in the working directory', 'WORKDIR /app\nCOPY . .\nCMD ["./docker/run.sh"]', 'docker/run.sh'],
  ['found on PATH', 'COPY run.sh /usr/local/bin/\nENTRYPOINT ["run.sh"]', 'run.sh'],
  ['behind a shell', 'WORKDIR /app\nCOPY run.sh .\nCMD ["sh", "run.sh"]', 'run.sh'],
  ['behind tini', 'COPY run.sh /\nENTRYPOINT ["tini", "--", "/run.sh"]', 'run.sh'],
  ['from another stage', 'COPY --from=build /run.sh /run.sh\nENTRYPOINT ["/run.sh"]', undefined],
  ['not copied', 'ENTRYPOINT ["/run.sh"]', undefined],
  ['a program, not a script', 'COPY program /run.sh\nENTRYPOINT ["/run.sh"]', undefined],
] as const)
  test(`the script of PID 1 ${name}`, () => {
    const files = { 'run.sh': script, 'docker/run.sh': script, program: '\u007fELF' };
    const { project, service } = read({ ...files, Dockerfile: `FROM debian:12\n${dockerfile}\n` });
    expect(entryScript(service, project)?.path).toBe(path);
  });

test("a base image's entrypoint gives way to the command", () => {
  const { service } = read({ Dockerfile: 'FROM node:22\nCMD ["/start", "now"]\n' });
  expect(ownCommand(service)?.words.map(({ text }) => text)).toEqual(['/start', 'now']);
  expect(ownCommand(service)?.name).toBe('start');
});

test('a shell behind an entrypoint script is opened', () => {
  const { service } = read({
    'compose.yaml': 'services:\n  api:\n    image: node:22\n    command: sh -c "cd /x && node y"\n',
  });
  expect(service.process.commands.map(({ name }) => name)).toEqual(['docker-entrypoint.sh', 'cd', 'node']);
  expect(service.process.throughShell).toBe(true);
});

test('a flag -c of another program is no script', () => {
  const { service } = read({ Dockerfile: 'FROM debian:12\nCMD ["server", "-c", "sh run"]\n' });
  expect(service.process.commands.map(({ name }) => name)).toEqual(['server']);
});
