import { hardCodedSecret } from '../../../knowledge/hard-coded-secret.ts';
import { secretName } from '../../../knowledge/secret-names.ts';
import type { EnvironmentVariable, Service } from '../../../model/service.ts';
import { type Answer, type Part, weigh } from './answer.ts';
import { ask, built, faultsOf, imageFaults, type Look, part, unheard } from './look.ts';

export const inImage = [
  'compose/secret-in-build-argument',
  'dockerfile/secret-file-copied',
  'dockerfile/secret-in-arg',
  'dockerfile/secret-in-env',
  'dockerfile/secret-in-run',
  'project/secrets-in-context',
];
const inFiles = [
  ...inImage,
  'compose/default-password',
  'compose/secret-file-not-ignored',
  'compose/secret-in-command',
  'compose/secret-in-env-file',
  'compose/secret-in-environment',
  'compose/secret-in-label',
  'compose/secret-in-url',
];

/** No secret's value stands in the project, and those that are needed come as files. */
export function secretsManaged(look: Look): Answer {
  const faults = ask(look.services, (service) => faultsOf(look, service, { ids: inFiles }));
  const shared = sharedFaults(look, inFiles);
  if (faults.length + shared.length > 0) return weigh([...faults, ...shared], '');
  // Their files lie here, and no .gitignore tells whether they stay here.
  const exposed = look.findings.filter(
    ({ rule }) => rule === 'compose/secret-file-not-ignored' || rule === 'compose/secret-in-env-file',
  );
  const doubts = exposed.map(
    ({ file, span, message }): Part => ({
      state: 'open',
      name: file,
      words: `: ${message}`,
      at: `${file}:${span.start.line}`,
    }),
  );
  if (doubts.length > 0) return weigh(doubts, '');
  return weigh(
    ask(look.services, (service) => {
      const open = [...service.environment.values()].find((variable) => isSecret(variable));
      if (open)
        return part(
          look,
          'open',
          service,
          `: ${open.name} comes by the environment, which "docker inspect" shows; where its value is kept, no file here tells`,
          open.keySpan,
        );
      const asFile = fileSecret(service);
      if (!asFile) return undefined;
      const deaf = unheard(look, service, { ids: inFiles });
      return deaf.length > 0
        ? deaf
        : part(look, 'pass', service, ['takes its secrets from files', 'take their secrets from files'], asFile);
    }),
    'no service here is known to take a secret',
  );
}

/** No secret in an image; those that exist come when the service starts. */
export function secretsAtRunTime(look: Look): Answer {
  const faults = ask(built(look), (service) => faultsOf(look, service, { ids: inImage }));
  const shared = sharedFaults(look, inImage);
  if (faults.length + shared.length > 0) return weigh([...faults, ...shared], '');
  return weigh(
    ask(look.services, (service) => {
      const given = [...service.environment.values()].find((variable) => isSecret(variable));
      const at = fileSecret(service) ?? given?.keySpan;
      if (!at) return undefined;
      const deaf = service.build ? imageFaults(look, service, { ids: inImage }) : [];
      return deaf.length > 0
        ? deaf
        : part(look, 'pass', service, ['gets its secrets when it starts', 'get their secrets when they start'], at);
    }),
    'no service here is known to take a secret',
  );
}

/** No ENV, ARG, RUN, COPY or ADD of an image built here holds a secret. */
export function noSecretsInImage(look: Look): Answer {
  const shared = sharedFaults(look, inImage);
  if (shared.length > 0)
    return weigh([...shared, ...ask(built(look), (service) => faultsOf(look, service, { ids: inImage }))], '');
  return weigh(
    ask(built(look), (service) => {
      const faults = imageFaults(look, service, { ids: inImage });
      if (faults.length > 0) return faults;
      return part(
        look,
        'pass',
        service,
        ': no ENV, ARG, RUN, COPY or ADD of the image was found to hold a secret',
        service.image.stage?.from.span,
      );
    }),
    'no image is built here',
  );
}

/** Findings that no one service owns: a file of the project as a whole. */
function sharedFaults(look: Look, ids: readonly string[]): Part[] {
  return look.findings
    .filter(
      ({ rule, service, severity, confidence }) =>
        ids.includes(rule) && service === undefined && severity !== 'low' && confidence !== 'guess',
    )
    .map(({ file, span, message }) => ({
      state: 'fail',
      name: file,
      words: `: ${message}`,
      at: `${file}:${span.start.line}`,
    }));
}

/** A password of the environment that is not written here: from the host, or interpolated. */
function isSecret({ name, value, template }: EnvironmentVariable): boolean {
  if (value === '' && template === undefined) return false;
  if (secretName(name) === 'yes') return true;
  return value !== undefined && hardCodedSecret(name, value) !== undefined;
}

/** Where a service is told of a secret's file: `secrets:`, `*_FILE`, or a secret mounted at build time. */
function fileSecret(service: Service) {
  const [secret] = service.secrets;
  if (secret) return secret.span;
  const named = [...service.environment.values()].find(
    ({ name }) => name.endsWith('_FILE') && secretName(name.slice(0, -'_FILE'.length)) !== 'no',
  );
  if (named) return named.keySpan;
  const stages = service.build?.dockerfile?.stages.filter(({ isUsed }) => isUsed) ?? [];
  return stages.flatMap(({ steps }) => steps.flatMap(({ mounts }) => mounts)).find(({ type }) => type === 'secret')
    ?.span;
}
