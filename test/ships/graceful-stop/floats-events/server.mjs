import http from 'node:http';

let stopping = false;
const streams = new Set();

const server = http.createServer((request, response) => {
  if (stopping) response.setHeader('connection', 'close');
  if (request.url === '/health') return response.end('alive\n');
  if (request.url === '/ready') return response.writeHead(stopping ? 503 : 200).end();
  if (request.url !== '/events') return response.end('hello\n');
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const timer = setInterval(() => response.write(`data: ${Date.now()}\n\n`), 100);
  streams.add(response);
  response.on('close', () => {
    clearInterval(timer);
    streams.delete(response);
  });
});
server.listen(3000);

// A balancer needs a second to notice that this is no longer ready; until it has, all is answered as before.
process.on('SIGTERM', () => {
  stopping = true;
  setTimeout(() => {
    // Whole events only; the browser comes back by itself, to another server.
    for (const stream of streams) stream.end('event: bye\ndata: come again\n\n');
    server.close(() => process.exit(0));
    setInterval(() => server.closeIdleConnections(), 50);
  }, 2000);
});
