import { entriesOf } from '../../../model/compose/tree-access.ts';
import { type Answer, weigh } from './answer.ts';
import { ask, built, faultsOf, type Look, part, servers, unreadable } from './look.ts';

const key = (label: string) => label.replace(/^(?:org\.opencontainers\.image|org\.label-schema)\./, '').toLowerCase();
const whatNames = new Set(['title', 'name', 'description', 'summary']);
const whichNames = new Set([
  'version',
  'revision',
  'source',
  'url',
  'vcs-url',
  'vcs-ref',
  'release',
  'created',
  'build-date',
]);

/** Labels say what the image is, and which. */
export function labels(look: Look): Answer {
  return weigh(
    ask(built(look), (service) => {
      const unread = unreadable(look, service);
      if (unread) return unread;
      const byCompose = entriesOf(service.attribute('build.labels')).map(([label]) => label);
      const set = [...service.image.labels.keys(), ...byCompose].map(key);
      const first = [...service.image.labels.values()][0];
      const at = first?.from.kind === 'file' ? first.from.span : service.image.stage?.from.span;
      if (set.some((label) => whatNames.has(label)) && set.some((label) => whichNames.has(label)))
        return part(
          look,
          'pass',
          service,
          ['says by its labels what it is and which', 'say by their labels what they are and which'],
          at,
        );
      return part(
        look,
        'fail',
        service,
        set.length === 0 ? ['has no labels', 'have no labels'] : ': its labels do not say both what it is and which',
        at,
      );
    }),
    'no image is built here',
  );
}

/** The image says which port it serves. */
export function exposes(look: Look): Answer {
  return weigh(
    ask(servers(built(look)), (service) => {
      const unread = unreadable(look, service);
      if (unread) return unread;
      const [port] = service.image.exposed;
      const from = service.image.stage?.from.span;
      if (port)
        return part(
          look,
          'pass',
          service,
          ['exposes its port', 'expose their ports'],
          port.from.kind === 'file' ? port.from.span : from,
        );
      return service.listens.length > 0
        ? part(
            look,
            'fail',
            service,
            ['serves a port that its image does not expose', 'serve ports that their images do not expose'],
            from,
          )
        : undefined;
    }),
    built(look).length > 0 ? 'no image built here is known to serve a port' : 'no image is built here',
  );
}

// Started without a terminal, each of these ends at once.
const shells =
  /(?:^|\/)(?:sh|bash|ash|dash|zsh|node|python[\d.]*|irb|jshell|php|lua|julia|R|ghci|iex|erl|perl|scala|clojure|groovysh)$/;

/** The image, or Compose, says what to run; a shell that the base brings is nothing to run. */
export function startCommand(look: Look): Answer {
  return weigh(
    ask(built(look), (service) => {
      const unread = unreadable(look, service);
      if (unread) return unread;
      // A command that cannot start anything is none.
      const faults = faultsOf(look, service, { ids: ['project/command-needs-shell', 'project/program-missing'] });
      if (faults.length > 0) return faults;
      const from = service.image.stage?.from.span;
      const { entrypoint, command } = service.process;
      const own = [entrypoint, command].find((fact) => fact?.value && fact.from.kind === 'file');
      if (own?.from.kind === 'file')
        return part(look, 'pass', service, ['says what it runs', 'say what they run'], own.from.span);
      if (!entrypoint && !command) return part(look, 'open', service, ': nothing says what the base runs', from);
      const [word] = command?.value?.words ?? [];
      const runs = command?.value
        ? !shells.test(word?.text ?? '') || (command.value.words.length > 1 && word?.text !== 'bash')
        : entrypoint?.value !== undefined;
      return runs
        ? part(look, 'pass', service, ': it runs what its base runs', from)
        : part(look, 'fail', service, ['has neither CMD nor ENTRYPOINT', 'have neither CMD nor ENTRYPOINT'], from);
    }),
    'no image is built here',
  );
}
