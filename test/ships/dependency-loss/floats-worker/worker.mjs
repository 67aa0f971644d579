import fs from 'node:fs';
import net from 'node:net';

function connect() {
  const socket = net.connect(6379, 'cache');
  socket.setTimeout(4000, () => socket.destroy());
  socket.on('connect', () => socket.write('BLPOP jobs 1\r\n'));
  socket.on('data', () => {
    fs.writeFileSync('/tmp/alive', '');
    socket.write('BLPOP jobs 1\r\n');
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    setTimeout(connect, 500);
  });
}
connect();

setInterval(() => undefined, 60_000);
process.on('SIGTERM', () => process.exit(0));
