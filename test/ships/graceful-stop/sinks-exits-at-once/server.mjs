import http from 'node:http';

let stopping = false;

const server = http.createServer((request, response) => {
  if (stopping) response.setHeader('connection', 'close');
  if (request.url === '/health') return response.end('alive\n');
  if (request.url === '/ready') return response.writeHead(stopping ? 503 : 200).end();
  request.resume().on('end', () => setTimeout(() => response.end('hello\n'), 50));
});
server.listen(3000);

process.on('SIGTERM', () => process.exit(0));
