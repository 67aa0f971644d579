import http from 'node:http';

let stopping = false;
const server = http.createServer((request, response) => {
  if (stopping) response.setHeader('connection', 'close');
  if (request.url === '/ready') return response.writeHead(stopping ? 503 : 200).end();
  request.resume().on('end', () => response.end('hello\n'));
});
server.listen(3000);

const health = http.createServer((_, response) => {
  response.end('alive\n');
});
health.listen(9000);

// A balancer needs a second to notice that this is no longer ready; until it has, all is answered as before.
process.on('SIGTERM', () => {
  stopping = true;
  setTimeout(() => {
    health.close();
    health.closeAllConnections();
    server.close(() => process.exit(0));
    setInterval(() => server.closeIdleConnections(), 50);
  }, 2000);
});
