import { fork } from 'node:child_process';
import http from 'node:http';

let stopping = false;
let last = 0;
const worker = fork('worker.mjs');
const waiting = new Map();
worker.on('message', ({ id, text }) => waiting.get(id)?.(text));
worker.on('error', () => undefined);

/** What the worker makes of a text; undefined when it does not answer within a second. */
function ask(text) {
  return new Promise((resolve) => {
    const id = ++last;
    const done = (answer) => resolve(waiting.delete(id) ? answer : undefined);
    waiting.set(id, done);
    setTimeout(done, 1000).unref();
    if (worker.connected) worker.send({ id, text }, () => undefined);
    else done();
  });
}

const server = http.createServer(async (request, response) => {
  if (stopping) response.setHeader('connection', 'close');
  if (request.url === '/health') return response.end('alive\n');
  if (request.url === '/ready') return response.writeHead(stopping ? 503 : 200).end();
  const text = await ask(request.url);
  response.writeHead(text ? 200 : 503).end(text);
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
