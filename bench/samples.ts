import fs from 'node:fs';
import path from 'node:path';

/** What the benchmarks judge: written here, so that anybody can run them; real files besides where there are some. */

export const smallDockerfile =
  'FROM node:22-alpine\nWORKDIR /app\nCOPY . .\nRUN npm ci\nUSER node\nCMD ["node", "server.js"]\n';
export const smallCompose =
  'services:\n  api:\n    image: node:22-alpine\n    ports: ["3000:3000"]\n    restart: always\n';

/** A Dockerfile of two stages, another one for each number. */
export function dockerfileOf(number: number): string {
  const base = ['node:22-alpine', 'python:3.13-slim', 'golang:1.25', 'debian:12', 'ubuntu'][number % 5];
  const install = [
    'apk add --no-cache curl',
    'pip install -r requirements.txt',
    'go build -o /out/app .',
    'apt-get update && apt-get install -y curl git && rm -rf /var/lib/apt/lists/*',
    'curl -fsSL https://example.com/install.sh | sh',
  ][number % 5];
  return `# syntax=docker/dockerfile:1
ARG VERSION=${number}
FROM ${base} AS build
WORKDIR /src
COPY package.json package-lock.json requirements.txt ./
RUN ${install}
COPY . .
RUN make build VERSION=$VERSION \\
    && make test \\
    && rm -rf /tmp/*
FROM ${base}
LABEL org.opencontainers.image.version=$VERSION
ENV APP_ENV=production PORT=${3000 + (number % 1000)}
WORKDIR /app
COPY --from=build --chown=app /src/out /app
${number % 2 === 0 ? 'RUN adduser -D app\nUSER app\n' : ''}EXPOSE ${3000 + (number % 1000)}
HEALTHCHECK --interval=10s CMD curl -f http://localhost:${3000 + (number % 1000)}/health || exit 1
CMD ["/app/server", "--port", "${3000 + (number % 1000)}"]
`;
}

/** A Compose file with so many services, half of them servers and half databases they wait for. */
export function composeOf(services: number): string {
  const parts = ['name: sample', 'services:'];
  for (let number = 0; number < services; number += 2)
    parts.push(
      `  api-${number}:`,
      `    image: example.com/api:1.${number}`,
      `    ports: ["127.0.0.1:${1024 + (number % 60_000)}:8080"]`,
      '    environment:',
      `      DATABASE_URL: postgres://app@db-${number}:5432/app`,
      '      LOG_LEVEL: info',
      `    depends_on: { db-${number}: { condition: service_healthy } }`,
      '    deploy: { resources: { limits: { cpus: "0.5", memory: 256M } } }',
      '    restart: unless-stopped',
      `  db-${number}:`,
      '    image: postgres:17.2',
      `    volumes: ["data-${number}:/var/lib/postgresql/data"]`,
      '    healthcheck: { test: [CMD, pg_isready, -U, app], interval: 10s, retries: 5 }',
    );
  parts.push('volumes:');
  for (let number = 0; number < services; number += 2) parts.push(`  data-${number}: {}`);
  return `${parts.join('\n')}\n`;
}

/** A Dockerfile of about so many lines, with ordinary instructions. */
export function longDockerfile(lines: number): string {
  const parts = ['FROM debian:12'];
  for (let number = 1; number < lines - 2; number += 5)
    parts.push(
      `ENV SETTING_${number}=value-${number}`,
      `RUN apt-get update && apt-get install -y package-${number} \\\n    && rm -rf /var/lib/apt/lists/*`,
      `COPY files/${number} /srv/${number}`,
      `WORKDIR /srv/${number % 50}`,
    );
  parts.push('USER 1000', 'CMD ["/srv/run"]');
  return `${parts.join('\n')}\n`;
}

/** So many files in folders of 100, one Dockerfile in each folder. */
export function writeTree(root: string, files: number): void {
  for (let folder = 0; folder < files / 100; folder += 1) {
    const place = path.join(root, `service-${folder}`);
    fs.mkdirSync(place, { recursive: true });
    fs.writeFileSync(path.join(place, 'Dockerfile'), dockerfileOf(folder));
    for (let file = 1; file < 100; file += 1) fs.writeFileSync(path.join(place, `module-${file}.js`), '');
  }
}

/** Files of a corpus outside the repository by a name's pattern; none where there is no corpus. */
export function corpusFiles(folder: string, name: RegExp): string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
