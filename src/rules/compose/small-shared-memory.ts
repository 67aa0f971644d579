import { fixOf } from '../../edit/change.ts';
import { setAttribute } from '../../edit/compose.ts';
import { child, itemsOf, text } from '../../model/compose/tree-access.ts';
import type { Service } from '../../model/service.ts';
import { parseBytes, printBytes } from '../../vocabulary/bytes.ts';
import { withoutEndSlashes } from '../../vocabulary/path-end.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

const enough = 256 * 1024 * 1024;

export const smallSharedMemory: Rule = {
  id: 'compose/small-shared-memory',
  summary: 'Too little shared memory for a browser or a data loader',
  why: 'Docker gives /dev/shm 64 MB: browser tabs crash and PyTorch workers die of a "bus error", only under load and without a word in the log.',
  sources: [
    'https://docs.docker.com/reference/compose-file/services/#shm_size',
    'https://github.com/SeleniumHQ/docker-selenium#--shm-size2g',
    'https://github.com/pytorch/pytorch#docker-image',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.2.0',
  mission: ['RUN5', 'RUN7'],
  aliases: [],
  examples: { bad: 'bad-selenium', good: 'good-shm-size' },
  service(service, report, project) {
    if (!isContainer(service)) return;
    const needs = needsOf(service);
    const size = sharedMemory(service);
    if (!needs || size === 'shared' || size >= enough) return;
    report({
      at: service.at('shm_size'),
      fix: () =>
        fixOf(
          {
            title: 'Give it 1 GiB of shared memory',
            safety: 'review',
            provedBy: 'memory-limit',
            note: 'it counts towards the memory limit',
          },
          setAttribute(project, service, 'shm_size', '1gb'),
        ),
      message: `"${service.name}" has ${printBytes(size)} of shared memory, and ${needs.who} needs far more`,
      ...(needs.sure ? {} : { severity: 'low' as const, confidence: 'guess' as const }),
    });
  },
};

const browsers = /^(?:chromium(?:-browser)?|google-chrome(?:-stable|-beta|-unstable)?|microsoft-edge(?:-stable)?)$/;
// What both tell their users to set; the hub of a Selenium grid runs no browser.
const browserImages =
  /^(?:selenium\/(?:standalone|node)-(?!docker)|seleniarm\/(?:standalone|node)-|browserless\/|ghcr\.io\/browserless\/|zenika\/alpine-chrome$)/;
const training = /^(?:pytorch\/pytorch$|nvcr\.io\/nvidia\/pytorch$)/;

function needsOf(service: Service): { readonly who: string; readonly sure: boolean } | undefined {
  const { image } = service;
  const name = (service.imageName?.reference ?? image.base)?.name ?? '';
  const base = image.base?.name ?? '';
  // Chromium writes to /tmp instead when it is told so.
  if (argumentsOf(service).some((text) => text.includes('--disable-dev-shm-usage'))) return undefined;
  for (const one of [name, base]) {
    if (browserImages.test(one)) return { who: 'its browser', sure: true };
    if (training.test(one)) return { who: 'a data loader of PyTorch with workers', sure: false };
  }
  // Puppeteer and Playwright pass that option themselves, so nothing is sure of a browser of one's own.
  const installed = image.software.packages.find((one) => browsers.test(one.name));
  return installed ? { who: installed.name, sure: false } : undefined;
}

function argumentsOf(service: Service): string[] {
  return [
    ...service.process.commands.flatMap(({ words }) => words.map((word) => word.text)),
    ...[...service.environment.values()].map(({ value }) => value ?? ''),
  ];
}

/** Bytes of /dev/shm; `shared` where it is another's. */
function sharedMemory(service: Service): number | 'shared' {
  const ipc = text(service.attribute('ipc'));
  if (ipc !== undefined && /^(?:host|service:|container:)/.test(ipc)) return 'shared';
  const mount = service.mounts.find(({ target }) => withoutEndSlashes(target) === '/dev/shm');
  if (mount) {
    const size = text(child(child(mount.node, 'tmpfs'), 'size'));
    // A tmpfs without a size takes up to half of the memory.
    return mount.type !== 'tmpfs' || size === undefined ? 'shared' : (parseBytes(size) ?? 'shared');
  }
  if (itemsOf(service.attribute('tmpfs')).some((node) => /^\/dev\/shm(?:\/?:|\/?$)/.test(text(node) ?? '')))
    return 'shared';
  const written = text(service.attribute('shm_size'));
  return written === undefined ? 64 * 1024 * 1024 : (parseBytes(written) ?? 'shared');
}
