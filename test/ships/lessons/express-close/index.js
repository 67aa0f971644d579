// The lesson's Express program without Express: app.listen() is http.createServer(app).listen(), and returns the same.
const http = require('node:http');

const app = (request, response) => {
  request.resume();
  if (request.url === '/health') return response.end('{"status":"healthy"}');
  setTimeout(() => response.end('hello'), 100);
};
const server = http.createServer(app).listen(5000);

process.on('SIGTERM', () => {
  console.log('SIGTERM received, shutting down gracefully');
  server.close(() => {
    console.log('Server closed');
    process.exit(0);
  });
});

process.on('SIGINT', () => {
  console.log('SIGINT received');
  server.close(() => process.exit(0));
});
