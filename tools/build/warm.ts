import { spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/**
 * Runs the built command once on samples, one with much in it and one as people begin, and lays the code cache that run made
 * beside the program. It serves this checkout and images built from it; the package leaves it out, because V8 refuses
 * a cache made by another Node version anyway. There, the user's first run makes one. No cache is no fault.
 */
export async function warm(out: string): Promise<readonly string[]> {
  const temporary = await fs.mkdtemp(path.join(os.tmpdir(), 'seaworthy-warm-'));
  try {
    for (const [name, text] of Object.entries(samples)) {
      await fs.mkdir(path.dirname(path.join(temporary, name)), { recursive: true });
      await fs.writeFile(path.join(temporary, name), text);
    }
    const { NODE_OPTIONS: _, ...env } = process.env;
    const command = [
      path.join(out, 'seaworthy.cjs'),
      'check',
      ...['rich', 'plain'].map((name) => path.join(temporary, name)),
    ];
    spawnSync(process.execPath, command, { env: { ...env, XDG_CACHE_HOME: temporary }, timeout: 60_000 });
    const made = path.join(temporary, 'seaworthy');
    const names = await fs.readdir(made).catch(() => []);
    for (const name of names) await fs.copyFile(path.join(made, name), path.join(out, name));
    return names;
  } finally {
    await fs.rm(temporary, { recursive: true, force: true });
  }
}

const samples = {
  'plain/Dockerfile': `FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
EXPOSE 8000
CMD ["python", "app.py"]
`,
  'plain/compose.yaml': `services:
  web:
    build: .
    ports: ["8000:8000"]
    restart: always
  cache:
    image: redis
`,
  'rich/Dockerfile': `# syntax=docker/dockerfile:1
FROM node:22-alpine AS build
WORKDIR /app
COPY package*.json ./
RUN --mount=type=cache,target=/root/.npm npm ci && npm cache clean --force
COPY . .
FROM node:latest
ENV NODE_ENV=production API_TOKEN="abc\${X:-d}"
RUN <<EOF
apt-get update && apt-get install -y curl
EOF
COPY --from=build --chown=node:node /app /app
EXPOSE 3000
HEALTHCHECK --interval=10s CMD ["curl", "-f", "http://localhost:3000/health"]
CMD npm start
`,
  'rich/.dockerignore': 'node_modules\n*.log\n!keep.log\n',
  'rich/.env': 'PORT=3000\nNAME="a ${PORT}"\n',
  'rich/compose.yaml': `name: sample
x-logging: &logging { driver: json-file, options: { max-size: 10m } }
services:
  api:
    build: .
    ports: ["\${PORT:-3000}:3000", { target: 9000, published: "9000" }]
    environment: { DB: "postgres://u:p@db/x" }
    depends_on: { db: { condition: service_healthy } }
    logging: *logging
    deploy: { resources: { limits: { cpus: "0.5", memory: 256M } } }
  db:
    image: postgres:16
    volumes: ["data:/var/lib/postgresql/data"]
    healthcheck: { test: [CMD, pg_isready], interval: 10s }
    restart: unless-stopped
volumes: { data: {} }
`,
};
