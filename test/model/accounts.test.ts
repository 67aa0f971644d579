import { expect, test } from 'vitest';
import { readProject } from '../../src/model/read-project.ts';
import { memoryFiles } from '../../src/read/files-memory.ts';

/** Is there a user `app`? */
function presence(dockerfile: string) {
  const project = readProject(memoryFiles({ Dockerfile: dockerfile }), { today: '2026-11-21' });
  return project.services[0]?.image.accounts.find('app').presence;
}

for (const [base, run, answer] of [
  ['alpine:3.22', 'RUN adduser -D app', 'yes'],
  ['alpine:3.22', 'CMD ["/srv/app"]', 'no'],
  ['python:3.13-slim', 'RUN pip install flask', 'no'],
  ['scratch', 'COPY app /app', 'no'],
  ['example.com/base', 'RUN true', 'unknown'],
  // Scripts, foreign packages and edits of the account file may make it.
  ['alpine:3.22', 'RUN ./setup.sh', 'unknown'],
  ['alpine:3.22', 'RUN sh /tmp/setup', 'unknown'],
  ['debian:13', 'RUN dpkg -i server.deb', 'unknown'],
  ['debian:13', 'RUN apt-get install -y app-server', 'unknown'],
  ['alpine:3.22', 'RUN sed -i s/x/y/ /etc/passwd', 'unknown'],
  ['node:22-slim', 'RUN usermod -l app node', 'unknown'],
] as const)
  test(`FROM ${base}, ${run}: ${answer}`, () => {
    expect(presence(`FROM ${base}\n${run}\n`)).toBe(answer);
  });
