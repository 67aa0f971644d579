import fs from 'node:fs';
import path from 'node:path';
import { distribution } from './packages.ts';
import { mustRun, run } from './run.ts';

/** The folder that holds `docker-compose`, version 2, for `cliPluginsExtraDirs`; '' when the docker command has it. */
export async function composePlugin(docker: string, cache: string): Promise<string> {
  if ((await run(docker, ['compose', 'version'])).code === 0) return '';
  const folder = path.join(cache, 'compose');
  const plugins = path.join(folder, 'usr/libexec/docker/cli-plugins');
  if (fs.existsSync(path.join(plugins, 'docker-compose'))) return plugins;
  const making = `${folder}.${process.pid}`;
  fs.rmSync(making, { recursive: true, force: true });
  for (const part of ['lists/partial', 'archives/partial']) fs.mkdirSync(path.join(making, part), { recursive: true });
  await download(making);
  const archive = fs.readdirSync(making).find((name) => name.endsWith('.deb'));
  if (archive === undefined) throw new Error('apt-get downloaded no docker-compose');
  await mustRun('dpkg-deb', ['-x', path.join(making, archive), making]);
  if (fs.existsSync(path.join(plugins, 'docker-compose'))) fs.rmSync(making, { recursive: true, force: true });
  else {
    fs.rmSync(folder, { recursive: true, force: true });
    fs.renameSync(making, folder);
  }
  return plugins;
}

/**
 * Debian 12 has Compose 1.29, which refuses newer keys. Compose 2.26 of Debian 13 is one static program and runs there:
 * it is downloaded with a source list of its own and unpacked, never installed. Ubuntu has a package of version 2.
 */
async function download(folder: string): Promise<void> {
  if (distribution()['ID'] === 'ubuntu')
    return void (await mustRun('apt-get', ['-qq', 'download', 'docker-compose-v2'], { cwd: folder, seconds: 300 }));
  const list = path.join(folder, 'trixie.list');
  const key = '/usr/share/keyrings/debian-archive-keyring.gpg';
  fs.writeFileSync(list, `deb [signed-by=${key}] http://deb.debian.org/debian trixie main\n`);
  const own = {
    'Dir::Etc::sourcelist': list,
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::State::lists': path.join(folder, 'lists'),
    'Dir::Cache': folder,
    'APT::Sandbox::User': 'root',
  };
  const options = ['-qq', ...Object.entries(own).flatMap(([name, value]) => ['-o', `${name}=${value}`])];
  await mustRun('apt-get', [...options, 'update'], { cwd: folder, seconds: 300 });
  await mustRun('apt-get', [...options, 'download', 'docker-compose'], { cwd: folder, seconds: 300 });
}
