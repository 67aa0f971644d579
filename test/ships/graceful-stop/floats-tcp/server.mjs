import net from 'node:net';

const open = new Set();
const server = net.createServer((socket) => {
  open.add(socket);
  socket.on('close', () => open.delete(socket)).on('error', () => undefined);
  socket.on('data', (line) => setTimeout(() => socket.end(`you said ${line}`), 300));
});
server.listen(7000);

// Who is refused now is sent elsewhere; who was taken gets an answer.
process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  // Those that never said anything.
  setTimeout(() => open.forEach((socket) => socket.destroy()), 3000);
});
