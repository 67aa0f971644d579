import { fastify } from 'fastify';

/** A small service: counts the words of what it is sent, and says whether it is well. */
const server = fastify({ logger: true });

server.get('/healthz', () => 'ok\n');
server.get<{ Querystring: { text?: string } }>('/count', ({ query }) => ({
  words: (query.text ?? '').split(/\s+/).filter(Boolean).length,
}));

process.on('SIGTERM', () => {
  void server.close();
});

await server.listen({ host: '0.0.0.0', port: Number(process.env.PORT ?? 3000) });
