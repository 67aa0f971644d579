import { child, itemsOf, text } from '../model/compose/tree-access.ts';
import { SeaworthyError } from '../vocabulary/error.ts';
import type { Asked } from './asked.ts';
import type { HostBody } from './plan.ts';

/**
 * `security_opt`: the engine wants a seccomp profile's text where the file names its path, and takes
 * `systempaths=unconfined`, a word of the docker command, as two empty lists.
 */
export function securityOptions(asked: Asked): Partial<HostBody> {
  const options: string[] = [];
  let unconfined = false;
  for (const item of itemsOf(child(asked.node, 'security_opt'))) {
    const written = text(item) ?? '';
    const [, name = written, value = ''] = /^([^=:]+)[=:](.*)$/s.exec(written) ?? [];
    if (name === 'systempaths' && value === 'unconfined') unconfined = true;
    else if (name === 'seccomp' && value !== '' && value !== 'unconfined' && value !== 'builtin')
      options.push(`seccomp=${profile(asked, value, asked.place(item.span))}`);
    else options.push(written);
  }
  return {
    ...(options.length > 0 ? { SecurityOpt: options } : {}),
    ...(unconfined ? { MaskedPaths: [], ReadonlyPaths: [] } : {}),
  };
}

function profile(asked: Asked, path: string, place: string): string {
  const written = asked.read(path);
  if (written === undefined)
    throw new SeaworthyError('unsupported', `${place}: the seccomp profile "${path}" cannot be read`, {
      hint: 'Its path is relative to the project.',
    });
  try {
    return JSON.stringify(JSON.parse(written));
  } catch (cause) {
    throw new SeaworthyError('unsupported', `${place}: the seccomp profile "${path}" is not JSON`, { cause });
  }
}
