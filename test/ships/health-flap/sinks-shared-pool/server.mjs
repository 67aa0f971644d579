import http from 'node:http';

let stopping = false;
let busy = 0;
const queue = [];

/** Six at a time, 5,000 wait; who comes then is told to come again. */
function turn(job, response) {
  if (queue.length >= 5000) return response.writeHead(429).end();
  queue.push(job);
  next();
}
function next() {
  if (busy >= 6 || queue.length === 0) return;
  busy++;
  const job = queue.shift();
  setTimeout(() => {
    job();
    busy--;
    next();
  }, 30);
}

const server = http.createServer((request, response) => {
  if (stopping) response.setHeader('connection', 'close');
  if (request.url === '/health') return response.writeHead(busy < 4 ? 200 : 503).end();
  if (request.url === '/ready') return response.writeHead(stopping ? 503 : 200).end();
  request.resume().on('end', () => turn(() => response.end('hello\n'), response));
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
