import fs from 'node:fs';
import type { Answer, Engine } from './engine.ts';
import { canInstall } from './packages.ts';
import { PrivateEngine } from './private-engine.ts';
import { run } from './run.ts';

const leaveOut = 'SEAWORTHY_ENGINE=none leaves the tests on a real engine out';

/**
 * The engine to test on. `SEAWORTHY_ENGINE` says which: `none`; `private`, one of our own; an address as DOCKER_HOST
 * has it, or the path of a socket. Unset, or `required`: the engine that the docker command reaches, else one of our
 * own. To have none without having said so is an error, never a silence.
 */
export async function findEngine(
  say: (line: string) => void,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Answer & { readonly running?: PrivateEngine }> {
  const wanted = environment['SEAWORTHY_ENGINE'] ?? '';
  if (wanted === 'none') return { none: true };
  const named = !['', 'required', 'private'].includes(wanted);
  if (wanted !== 'private') {
    const host = named ? (wanted.startsWith('/') ? `unix://${wanted}` : wanted) : environment['DOCKER_HOST'];
    const engine = await reach(host);
    if (engine) return { engine };
    if (named) return { error: `No engine answers at ${wanted} (SEAWORTHY_ENGINE). ${leaveOut}.` };
  }
  if (!canInstall())
    return {
      error: `No Docker engine answers, and only root on Debian or Ubuntu can have one set up here. ${leaveOut}.`,
    };
  try {
    const running = await PrivateEngine.start(say);
    return { engine: running.engine, running };
  } catch (error) {
    return { error: `No engine could be set up. ${leaveOut}. ${error instanceof Error ? error.message : error}` };
  }
}

async function reach(host: string | undefined): Promise<Engine | undefined> {
  // A call of the docker command takes time where there is plainly nothing to call.
  if (host === undefined && !fs.existsSync('/var/run/docker.sock') && !process.env['DOCKER_CONTEXT']) return undefined;
  const env: Record<string, string> = host === undefined ? {} : { DOCKER_HOST: host };
  const options = { env: { ...process.env, ...env }, seconds: 20 };
  const version = await run('docker', ['version', '--format', '{{.Server.Version}}'], options);
  if (version.code !== 0) return undefined;
  return { title: `engine ${version.out.trim()}`, docker: 'docker', env, own: false, buildArguments: [] };
}
