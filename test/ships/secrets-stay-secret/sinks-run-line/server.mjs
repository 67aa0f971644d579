import { createHmac } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';

const key = process.env.SIGNING_KEY ?? fs.readFileSync(process.env.SIGNING_KEY_FILE, 'utf8').trim();

const sign = (text) => createHmac('sha256', key).update(text).digest('hex');
let stopping = false;

const server = http.createServer((request, response) => {
  if (stopping) response.setHeader('connection', 'close');
  if (request.url === '/health') return response.end('alive\n');
  if (request.url === '/ready') return response.writeHead(stopping ? 503 : 200).end();
  request.resume().on('end', () => setTimeout(() => response.end(`${sign(request.url)}\n`), 50));
});
server.listen(3000);
console.log('listening on 3000 with', { key: '********', node: process.version });

// A balancer needs a second to notice that this is no longer ready; until it has, all is answered as before.
process.on('SIGTERM', () => {
  stopping = true;
  setTimeout(() => {
    server.close(() => process.exit(0));
    setInterval(() => server.closeIdleConnections(), 50);
  }, 2000);
});
