import http from 'node:http';
import { getHeapStatistics } from 'node:v8';

// As much as the heap is said to hold: half of it in answers of a quarter of a megabyte.
const answers = [];
const most = (getHeapStatistics().heap_size_limit * 0.5) / 262_144;
function remember() {
  answers.push(new Array(32_768).fill(0.5));
  if (answers.length > most) answers.shift();
}
let stopping = false;

const server = http.createServer((request, response) => {
  if (stopping) response.setHeader('connection', 'close');
  if (request.url === '/health') return response.end('alive\n');
  if (request.url === '/ready') return response.writeHead(stopping ? 503 : 200).end();
  request.resume().on('end', () => response.end('hello\n', remember));
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
