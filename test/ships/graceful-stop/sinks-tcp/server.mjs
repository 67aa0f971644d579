import net from 'node:net';

const open = new Set();
const server = net.createServer((socket) => {
  open.add(socket);
  socket.on('close', () => open.delete(socket)).on('error', () => undefined);
  socket.on('data', (line) => setTimeout(() => socket.end(`you said ${line}`), 300));
});
server.listen(7000);

process.on('SIGTERM', () => process.exit(0));
