import { spawn } from 'node:child_process';
import http from 'node:http';
import { Duplex } from 'node:stream';

/**
 * Reaches an engine as the docker command does: by the ssh program, so that the user's keys, known hosts and
 * configuration hold, and `docker system dial-stdio` at the other end (Docker 18.09 or newer there).
 */
export class SshAgent extends http.Agent {
  readonly #arguments: readonly string[];

  constructor(url: string) {
    super({ keepAlive: false, maxSockets: 16 });
    const { username, hostname, port } = new URL(url);
    const options = ['-T', '-o', 'ConnectTimeout=30', '-o', 'BatchMode=yes'];
    if (username) options.push('-l', decodeURIComponent(username));
    if (port) options.push('-p', port);
    this.#arguments = [...options, '--', hostname, 'docker', 'system', 'dial-stdio'];
  }

  // Node's own agent calls this for each socket; the http module asks no more of it than of any duplex.
  override createConnection(_options: unknown, callback?: (error: Error | null, stream: Duplex) => void): Duplex {
    const child = spawn('ssh', this.#arguments, { stdio: ['pipe', 'pipe', 'pipe'] });
    const stream = Duplex.from({ readable: child.stdout, writable: child.stdin });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    child.on('error', (error) => stream.destroy(error));
    child.on('exit', (code) => {
      if (code !== 0 && !stream.destroyed) stream.destroy(new Error(`ssh ended with ${code}: ${said.trim()}`));
    });
    stream.on('close', () => child.kill());
    // What sockets have and plain streams have not; the http module calls them.
    Object.assign(stream, {
      setTimeout: () => stream,
      setNoDelay: () => stream,
      setKeepAlive: () => stream,
      ref: () => stream,
      unref: () => stream,
    });
    callback?.(null, stream);
    return stream;
  }
}
