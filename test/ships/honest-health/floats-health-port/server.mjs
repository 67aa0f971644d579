import http from 'node:http';

let stopping = false;
const server = http.createServer((request, response) => {
  if (stopping) response.setHeader('connection', 'close');
  if (request.url === '/ready') return response.writeHead(stopping ? 503 : 200).end();
  request.resume().on('end', () => response.end('hello\n'));
});
server.listen(3000);

const health = http.createServer((_, response) => {
  const say = (ok) => response.writeHead(ok ? 200 : 503).end();
  const asked = http.get('http://127.0.0.1:3000/', { agent: false, timeout: 1000 }, (answer) => say(answer.resume()));
  asked.on('timeout', () => asked.destroy()).on('error', () => say(false));
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
