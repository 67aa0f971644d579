import { type Answer, notAsked, type Part, staysOpen, weigh } from './answer.ts';
import { ask, faultsOf, type Look, part, servers } from './look.ts';

const deafIds = [
  'dockerfile/shell-form-command',
  'project/invalid-stop-signal',
  'project/overridden-stop-signal',
  'project/package-manager-as-pid-1',
  'project/shell-as-pid-1',
];

/** Files show where the signal cannot arrive; that it is obeyed, only a stop under load. */
export function stopsGracefully(look: Look): Answer {
  const running = servers(look.services);
  if (running.length === 0) return notAsked('no service keeps running');
  const deaf = ask(running, (service) => {
    if (service.stopGraceMs?.value === 0)
      return part(
        look,
        'fail',
        service,
        ['is killed without warning', 'are killed without warning'],
        service.stopGraceMs.span,
      );
    return faultsOf(look, service, { ids: deafIds });
  });
  return deaf.length > 0
    ? weigh(deaf, '')
    : staysOpen(
        'nothing here keeps the signal away; drill graceful-stop proves that it is obeyed, and no drill has run',
      );
}

const logFolders = /(?:^|\/)logs?(?:\/|$)/i;

/** Files show only the opposite: a log that goes elsewhere. */
export function logsToStdout(look: Look): Answer {
  const running = servers(look.services);
  if (running.length === 0) return notAsked('no service keeps running');
  const elsewhere = ask(running, (service): Part[] => {
    const mount = service.mounts.find(
      ({ target, readOnly, type }) => !readOnly && type !== 'tmpfs' && logFolders.test(target),
    );
    if (mount)
      return [part(look, 'fail', service, `: a volume is mounted on ${mount.target}, a folder of logs`, mount.span)];
    const redirect = (service.process.commands.at(-1)?.redirects ?? []).find(
      ({ operator, target }) =>
        /^(?:1|2|&)?>>?$/.test(operator) && target !== undefined && !/^(?:&|\/dev\/|\/proc\/)/.test(target.text),
    );
    return redirect
      ? [part(look, 'fail', service, `: its output goes to ${redirect.target?.text}`, redirect.span)]
      : faultsOf(look, service, { ids: ['project/logs-into-files'] });
  });
  return elsewhere.length > 0
    ? weigh(elsewhere, '')
    : staysOpen(
        'no file here sends a log elsewhere; drill log-flood proves that lines reach the engine, and no drill has run',
      );
}
