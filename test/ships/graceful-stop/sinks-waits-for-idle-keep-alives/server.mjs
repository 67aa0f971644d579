import http from 'node:http';

let stopping = false;

const server = http.createServer((request, response) => {
  if (stopping) response.setHeader('connection', 'close');
  if (request.url === '/health') return response.end('alive\n');
  if (request.url === '/ready') return response.writeHead(stopping ? 503 : 200).end();
  request.resume().on('end', () => setTimeout(() => response.end('hello\n'), 200));
});
// Longer than the balancer keeps an idle connection, as its manual asks for.
server.keepAliveTimeout = 65_000;
server.listen(3000);

process.on('SIGTERM', () => server.close(() => process.exit(0)));
