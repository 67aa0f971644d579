import http from 'node:http';

/**
 * What a load driver measures that sends the next request when the last is answered: so many connections, for so long, as
 * fast as the rate allows. Latencies in ms, ascending.
 */
export async function closedLoop(port: number, connections: number, rate: number, ms: number): Promise<number[]> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  const end = performance.now() + ms;
  const get = () =>
    new Promise<void>((resolve, reject) => {
      http
        .get({ host: '127.0.0.1', port, agent }, (response) => response.resume().on('end', resolve))
        .on('error', reject);
    });
  const one = async () => {
    for (let due = performance.now(); due < end; due = Math.max(due + (1000 * connections) / rate, performance.now())) {
      await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
      const sent = performance.now();
      await get();
      latencies.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  agent.destroy();
  return latencies.sort((a, b) => a - b);
}
