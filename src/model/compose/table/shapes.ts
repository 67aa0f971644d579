import { type Attribute, FLAG, KEY_VALUES, row } from './attribute.ts';

/** Rows of structures that stand in several places. */

export function ulimits(prefix: string, engine: string): Attribute[] {
  const limit = `${prefix}.ulimits.*`;
  return [
    row(
      prefix,
      'ulimits',
      'mapping',
      'Caps on open files, processes and the like; too low, and the app fails under load with EMFILE.',
      {
        open: true,
        engine,
      },
    ),
    row(
      `${prefix}.ulimits`,
      '*',
      'integer | string | mapping',
      'One limit: a single number sets soft and hard alike.',
      {
        // compose-go knows these of a service only, not of a build.
        ...(prefix === 'services.*' ? ({ merge: 'ulimit', cast: 'integer' } as const) : {}),
        becomes: 'ulimit',
        required: ['soft', 'hard'],
        short: '65535',
        long: '{soft: 20000, hard: 40000}',
      },
    ),
    row(limit, 'soft', 'integer | string', 'The limit a process starts with.', { cast: 'integer', becomes: 'integer' }),
    row(limit, 'hard', 'integer | string', 'The limit a process may raise its own to.', {
      cast: 'integer',
      becomes: 'integer',
    }),
  ];
}

/** `secrets` and `configs` of a service or a build. */
export function fileMounts(prefix: string, kind: 'secrets' | 'configs', where: 'service' | 'build'): Attribute[] {
  const mount = `${prefix}.${kind}.[]`;
  const what = kind === 'secrets' ? 'secret' : 'config';
  const honoured = where === 'build' ? { honoured: ['compose', 'podman'] as const } : {};
  return [
    row(prefix, kind, 'list', `Which ${kind} this ${where} is given, each as a file.`, {
      ...(where === 'service' ? { unique: what } : {}),
      swarm: kind === 'secrets' ? 'TaskTemplate.ContainerSpec.Secrets' : 'TaskTemplate.ContainerSpec.Configs',
      engine: where === 'build' ? 'BuildKit session' : 'HostConfig.Mounts',
      ...honoured,
    }),
    row(`${prefix}.${kind}`, '[]', 'string | mapping', `One ${what}: its name, or where and how it is mounted.`, {
      canonical: 'file-mount',
      short: what,
      long: `{source: ${what}, target: /path, mode: 0440}`,
      ...honoured,
    }),
    row(mount, 'source', 'string', `The name of the ${what} among the project's.`, honoured),
    row(mount, 'target', 'string', 'The file it is mounted at.', {
      default: kind === 'secrets' ? '/run/secrets/<source>' : '/<source>',
      ...honoured,
    }),
    row(mount, 'uid', 'string', 'The owner of the file; Compose ignores it where the file is bind-mounted.', {
      honoured: ['swarm'],
    }),
    row(mount, 'gid', 'string', 'The group of the file; Compose ignores it where the file is bind-mounted.', {
      honoured: ['swarm'],
    }),
    row(
      mount,
      'mode',
      'number | string',
      'Its permissions, octal; without it every user in the container can read it.',
      {
        becomes: 'mode',
        default: '0444',
        honoured: ['swarm'],
      },
    ),
  ];
}

export function hooks(prefix: string, name: 'post_start' | 'pre_stop' | 'pre_start'): Attribute[] {
  const hook = `${prefix}.${name}.[]`;
  const alone = name === 'pre_start';
  const rows = [
    row(prefix, name, 'list', HOOK_MEANS[name], {
      honoured: ['compose'],
      engine: alone ? 'a container of its own' : 'exec',
    }),
    ...hookBody(prefix, `${name}.[]`, alone ? [] : ['command']),
  ];
  if (alone) {
    rows.push(
      row(hook, 'image', 'string', 'The image the hook runs in; without it, the service own image.', {
        honoured: ['compose'],
      }),
      row(hook, 'per_replica', FLAG, 'Runs once for each replica rather than once for the service.', {
        honoured: ['compose'],
        cast: 'boolean',
        becomes: 'boolean',
      }),
    );
  }
  return rows;
}

const HOOK_MEANS = {
  pre_start: 'Runs to its end before the service starts, in a container of its own (migrations, preparing volumes).',
  post_start: 'Runs in the container once it is started; there is no guarantee it ends before the app takes requests.',
  pre_stop: 'Runs in the container before it is stopped by a Compose command; not when it ends by itself.',
} as const;

/** One command run in the container: lifecycle hooks and `sync+exec`. */
export function hookBody(prefix: string, name: string, required: readonly string[]): Attribute[] {
  const hook = `${prefix}.${name}`;
  const honoured = ['compose'] as const;
  return [
    row(prefix, name, 'mapping', 'A command, and as whom and where it runs.', { required, honoured }),
    row(hook, 'command', 'null | string | list<string>', 'What to run.', {
      merge: 'replace',
      becomes: 'command',
      honoured,
    }),
    row(hook, 'user', 'string', 'As whom; may be root where the service is not.', { honoured }),
    row(hook, 'privileged', FLAG, 'With all privileges, which undoes the isolation of the container.', {
      cast: 'boolean',
      becomes: 'boolean',
      honoured,
    }),
    row(hook, 'working_dir', 'string', 'In which directory.', { honoured }),
    row(hook, 'environment', KEY_VALUES, 'Variables of its own.', {
      becomes: 'mapping',
      honoured,
    }),
  ];
}

/** What a service asks of devices: `gpus` and `deploy.resources.reservations.devices`. */
export function deviceRequest(request: string): Attribute[] {
  const honoured = ['compose', 'podman'] as const;
  return [
    row(request, 'capabilities', 'list<string>', 'What the device must be able to do; `gpu` for any GPU.', {
      engine: 'HostConfig.DeviceRequests[].Capabilities',
      distinct: true,
      honoured,
    }),
    row(request, 'count', 'string | integer', 'How many; not together with device_ids.', {
      becomes: 'device-count',
      default: 'all',
      engine: 'HostConfig.DeviceRequests[].Count',
      honoured,
    }),
    row(request, 'device_ids', 'list<string>', 'Exactly which devices; ties the service to one machine.', {
      engine: 'HostConfig.DeviceRequests[].DeviceIDs',
      distinct: true,
      honoured,
    }),
    row(request, 'driver', 'string', 'The driver that provides them, as `nvidia`.', {
      engine: 'HostConfig.DeviceRequests[].Driver',
      honoured,
    }),
    row(request, 'options', KEY_VALUES, 'Options of the driver.', {
      becomes: 'text-mapping',
      engine: 'HostConfig.DeviceRequests[].Options',
      honoured,
    }),
  ];
}

export function external(prefix: string, what: string, open: boolean): Attribute[] {
  return [
    row(
      prefix,
      'external',
      'boolean | string | mapping',
      `The ${what} exists already: Compose neither makes nor removes it, and refuses to start where it is missing.`,
      {
        cast: 'boolean',
        becomes: 'boolean',
        default: false,
        ...(open ? { open: true as const } : {}),
      },
    ),
    row(`${prefix}.external`, 'name', 'string', `The old place of the ${what}'s name.`, {
      deprecated: 'set `name` and `external: true`',
    }),
  ];
}
