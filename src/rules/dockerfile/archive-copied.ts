import { programOf } from '../../model/image/programs.ts';
import { contextSources } from '../copied.ts';
import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

const archive = /\.(?:tar|t?gz|t?xz|t?lz|lzma|t?zst|tb2|t?bz2?|tpz|t?Z)$/i;
/** They unpack one file each; tar knows them all. */
const unpackers = /^(?:gunzip|zcat|bunzip2|bzcat|unxz|xzcat|unlzma|lzcat|unzstd|zstdcat|uncompress)$/;

/** An archive is unpacked soon after it is copied; the bound keeps a file of nothing but copies from hanging us. */
const furthest = 100;

export const archiveCopied: Rule = {
  id: 'dockerfile/archive-copied',
  summary: 'An archive copied into the image to be unpacked there',
  why: 'The archive stays in its layer beside what was unpacked, even where a later line deletes it, so the image carries it twice.',
  sources: ['https://docs.docker.com/reference/dockerfile/#adding-local-tar-archives'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG4'],
  aliases: ['hadolint:DL3010'],
  examples: { bad: 'bad-copy-and-tar', good: 'good-add' },
  dockerfile(dockerfile, report) {
    const steps = stepsIn(dockerfile, 'image');
    for (const [index, step] of steps.entries()) {
      if (step.instruction.keyword !== 'COPY') continue;
      for (const source of contextSources(step).filter((path) => archive.test(path))) {
        const destination = step.instruction.words.at(-1)?.text ?? '';
        const names = [source, destination]
          .map((path) => path.slice(path.lastIndexOf('/') + 1))
          .filter((name) => archive.test(name));
        const unpacked = steps
          .slice(index + 1, index + 1 + furthest)
          .flatMap(({ commands }) => commands)
          .find((command) => {
            const { name, args } = programOf(command);
            const opens =
              (name === 'tar' &&
                args.some(
                  ({ text }, at) =>
                    /^(?:-[a-zA-Z]*x|--extract|--get)/.test(text) || (at === 0 && /^[a-wyzA-Z]*x[a-zA-Z]*$/.test(text)),
                )) ||
              unpackers.test(name ?? '');
            return opens && args.some(({ text }) => names.some((one) => text === one || text.endsWith(`/${one}`)));
          });
        if (unpacked)
          report({
            at: step.instruction.span,
            message: `"${source}" is copied into a layer only to be unpacked in the next`,
            related: [{ at: unpacked.span, message: 'it is unpacked here' }],
          });
      }
    }
  },
};
