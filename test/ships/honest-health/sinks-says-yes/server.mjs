import http from 'node:http';
import net from 'node:net';

let stopping = false;
let cache;
const waiting = [];

function connect() {
  const socket = net.connect(6379, 'cache');
  const late = setTimeout(() => socket.destroy(), 1000);
  socket.on('connect', () => {
    clearTimeout(late);
    cache = socket;
  });
  socket.on('data', (data) => {
    for (const line of String(data).trim().split('\r\n')) waiting.shift()?.(line);
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    cache = undefined;
    for (const answer of waiting.splice(0)) answer(undefined);
    setTimeout(connect, 500);
  });
}
connect();

/** The answer to a command; undefined when there is none within a second. */
function ask(command) {
  return new Promise((resolve) => {
    if (!cache) return resolve(undefined);
    const socket = cache;
    const late = setTimeout(() => socket.destroy(), 1000);
    waiting.push((line) => {
      clearTimeout(late);
      resolve(line);
    });
    socket.write(`${command}\r\n`);
  });
}

const server = http.createServer(async (request, response) => {
  if (stopping) response.setHeader('connection', 'close');
  const say = (ok) => response.writeHead(ok ? 200 : 503).end();
  if (request.url === '/health') return say(true);
  say(await ask('INCR visits'));
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
