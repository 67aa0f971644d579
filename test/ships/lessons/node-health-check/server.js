// The lesson's Express program without Express, and its database: one connection, made at the start.
const http = require('node:http');
const net = require('node:net');

let isReady = false;
let database;

const app = (request, response) => {
  request.resume();
  if (request.url === '/health') return response.end('{"status":"healthy"}');
  if (request.url === '/ready') return response.writeHead(isReady ? 200 : 503).end();
  if (!database?.writable) return response.writeHead(500).end();
  database.once('data', () => response.end('one visit more'));
  database.write('INCR visits\r\n');
};

function connectToDatabase() {
  return new Promise((resolve, reject) => {
    database = net.connect(6379, 'redis', resolve);
    database.on('error', reject);
  });
}

async function startup() {
  await connectToDatabase();
  isReady = true;
}

http.createServer(app).listen(3000, () => {
  console.log('Server started');
  startup();
});
