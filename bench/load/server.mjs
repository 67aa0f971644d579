import http from 'node:http';

/** The plain server under load. `/freeze` stops its whole process for a second, as a long collection or a bad loop does. */
const server = http.createServer((request, response) => {
  response.end('ok');
  if (request.url !== '/freeze') return;
  const until = performance.now() + 1000;
  while (performance.now() < until);
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.stdin.on('end', () => process.exit(0)).resume();
