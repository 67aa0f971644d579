const fs = require('fs');
const http = require('http');
const os = require('os');
const path = require('path');

// Each upload is kept beside the program, the way small services do it.
fs.mkdirSync('uploads', { recursive: true });
const server = http.createServer((request, response) => {
  if (request.method === 'POST') {
    const file = path.join('uploads', `${Date.now()}.txt`);
    request.pipe(fs.createWriteStream(file)).on('finish', () => response.end(`kept ${fs.readdirSync('uploads').length > 0}\n`));
    return;
  }
  response.end(`hello from ${os.type()}\n`);
});
server.listen(process.env.PORT);
process.on('SIGTERM', () => server.close(() => process.exit(0)));
