import { programOf } from '../../model/image/programs.ts';
import type { Service } from '../../model/service.ts';
import type { Confidence, Severity } from '../../vocabulary/severity.ts';
import type { Rule } from '../rule.ts';
import { lackAt } from '../subject.ts';

const ofImage = [
  'hadolint:DL3057',
  'trivy:DS-0026',
  'kics:healthcheck_instruction_missing',
  'checkov:CKV_DOCKER_2',
  'dockle:CIS-DI-0006',
];
const ofCompose = ['kics:healthcheck_not_set'];

export const noHealthcheck: Rule = {
  id: 'project/no-healthcheck',
  summary: 'A server that nothing checks',
  why: 'A server that hangs stays "Up": nothing restarts it, nothing waits for it, and users find out first.',
  sources: [
    'https://docs.docker.com/reference/dockerfile/#healthcheck',
    'https://docs.docker.com/reference/compose-file/services/#healthcheck',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG8', 'RUN11'],
  aliases: [...ofImage, ...ofCompose],
  drill: 'honest-health',
  examples: { bad: 'bad-server', good: 'good-healthcheck' },
  service(service, report) {
    const { healthcheck, image, compose } = service;
    if (healthcheck.kind !== 'none' && healthcheck.kind !== 'unknown') return;
    if (service.role.runs !== 'server' || !(compose || image.stage)) return;
    if (compose) {
      // The image was built elsewhere and may bring its own check.
      const unknown = healthcheck.kind === 'unknown';
      report({
        at: service.at('healthcheck'),
        message: unknown ? `Nothing is known to check "${service.name}"` : `Nothing checks "${service.name}"`,
        ...(unknown ? ({ severity: 'low', confidence: 'guess' } as const) : {}),
        ...(isByTheClock(service) ? ({ severity: 'low' } as const) : {}),
        aliases: image.stage ? [...ofImage, ...ofCompose] : ofCompose,
      });
      return;
    }
    if (isByHand(service) || isToBuildOn(service)) return;
    const unknown = healthcheck.kind === 'unknown';
    const weight = ofLoneImage(service, unknown);
    report({
      at: lackAt(service, 'healthcheck'),
      // Its base may bring one.
      message: unknown ? 'The image brings no health check of its own' : 'The image has no health check',
      aliases: ofImage,
      ...weight,
    });
  },
};

/** Kubernetes and Compose may check it from outside, so a Dockerfile by itself is never sure to be at fault. */
function ofLoneImage(service: Service, unknown: boolean): { severity: Severity; confidence: Confidence } {
  const listens = service.listens.length > 0;
  if (listens && !unknown) return { severity: 'medium', confidence: 'likely' };
  return { severity: 'low', confidence: listens ? 'likely' : 'guess' };
}

/** A loop or a cron: nothing asks it anything. */
function isByTheClock(service: Service): boolean {
  const names = service.process.commands.map((command) => programOf(command).name ?? '');
  return names.some((name) => /^(?:crond?|supercronic|sleep|ofelia|go-cron)$/.test(name));
}

const shells = new Set('sh bash ash dash zsh fish irb pry python python3 ipython node iex ghci julia R'.split(' '));

/** A tool that prints its help, a shell or a prompt: nobody leaves it running. */
function isByHand(service: Service): boolean {
  const { process } = service;
  const own = process.command?.from.kind === 'file' || process.entrypoint?.from.kind === 'file';
  const [first] = process.commands;
  if (!own || !first) return false;
  const { name, args } = programOf(first);
  const onlyHelp = args.length > 0 && args.every((word) => /^(?:--?help|-h|--version|help|-\?)$/.test(word.text));
  return onlyHelp || (shells.has(name ?? '') && args.every((word) => /^-[li]*$|^--login$/.test(word.text)));
}

/** No command of its own, on a compiler's or a tool's image: others build with it, nobody runs it. */
function isToBuildOn(service: Service): boolean {
  const { facts, stage } = service.image;
  const own = stage?.steps.some(
    ({ instruction }) => instruction.keyword === 'CMD' || instruction.keyword === 'ENTRYPOINT',
  );
  return !own && (facts?.buildStageOnly === true || facts?.oneShot === true || facts?.kind === 'build');
}
