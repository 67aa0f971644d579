import fs from 'node:fs';
import path from 'node:path';

const server = `
const http = require('node:http');
const server = http.createServer((request, response) => { console.log('asked'); response.end('ok'); }).listen(3000);
process.on('SIGTERM', () => { server.close(() => process.exit(0)); setInterval(() => server.closeIdleConnections(), 20); });
`;
const listen =
  "require('node:net').createServer((socket) => socket.end()).listen(5432); process.on('SIGTERM', () => process.exit(0))";

/**
 * A service that is built, and one that it depends on, with volumes named and not, and a network: some of all that a run
 * makes. `base`: an image with Node and no shell. `buildMs`: how long the build lasts, each time.
 */
export function writeProject(directory: string, base: string, buildMs = 0): void {
  const write = (name: string, text: string) => fs.writeFileSync(path.join(directory, name), text);
  write('server.cjs', server);
  write('nonce.txt', String(Math.random()));
  // BuildKit looks for the groups of whoever runs a step.
  write('group', 'root:x:0:\n');
  const slow =
    buildMs > 0
      ? `COPY group /etc/group\nCOPY nonce.txt /\nRUN ["/usr/bin/node", "-e", "setTimeout(() => {}, ${buildMs})"]\n`
      : '';
  write('Dockerfile', `FROM ${base}\nCOPY server.cjs /\n${slow}USER 1000\nENTRYPOINT ["node", "/server.cjs"]\n`);
  write(
    'compose.yaml',
    `name: shop
services:
  web:
    build: .
    ports: ["127.0.0.1:18080:3000"]
    depends_on: [db]
    networks: [inner]
    volumes: [/scratch]
  db:
    image: ${base}
    user: "1000"
    entrypoint: [node, -e, "${listen}"]
    networks: [inner]
    volumes: [data:/data]
networks:
  inner: {}
volumes:
  data: {}
`,
  );
}
