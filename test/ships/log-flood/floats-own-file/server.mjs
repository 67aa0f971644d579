import fs from 'node:fs';
import http from 'node:http';

const log = fs.createWriteStream('/dev/stdout', { flags: 'a' });
let stopping = false;

const server = http.createServer((request, response) => {
  if (stopping) response.setHeader('connection', 'close');
  if (request.url === '/health') return response.end('alive\n');
  if (request.url === '/ready') return response.writeHead(stopping ? 503 : 200).end();
  log.write(`${new Date().toISOString()} ${request.method} ${request.url}\n`);
  request.resume().on('end', () => response.end('hello\n'));
});
server.listen(3000);

// A balancer needs a second to notice that this is no longer ready; until it has, all is answered as before.
process.on('SIGTERM', () => {
  stopping = true;
  setTimeout(() => {
    server.close(() => process.exit(0));
    setInterval(() => server.closeIdleConnections(), 50);
  }, 2000);
});
