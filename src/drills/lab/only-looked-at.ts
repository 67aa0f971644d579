import type { Container } from '../../engine/container.ts';
import { SeaworthyError } from '../../vocabulary/error.ts';

/** A container that is not ours: it can be looked at, and a command can be run in it; whatever would change it is refused. */
export function onlyLookedAt(container: Container): Container {
  const refused = () =>
    Promise.reject(new SeaworthyError('internal', `a drill meant to change ${container.name}, which is not ours`));
  return {
    id: container.id,
    name: container.name,
    inspect: () => container.inspect(),
    exec: (command, options) => container.exec(command, options),
    logs: (options) => container.logs(options),
    changes: () => container.changes(),
    wait: () => container.wait(),
    start: refused,
    stop: refused,
    kill: refused,
    pause: refused,
    unpause: refused,
    restart: refused,
    remove: refused,
    attach: refused,
    putFiles: refused,
    putEntries: refused,
  };
}
