import { type Answer, weigh } from './answer.ts';
import { ask, built, faultsOf, imageFaults, type Look, nameOf, part, unheard, unreadable } from './look.ts';

const small =
  /slim|alpine|distroless|chiseled|musl|busybox|micro|minimal|wolfi|chainguard|cgr\.dev|(?:^|[-:])(?:jre|runtime|base)(?:-|$)|headless/;
/** Distributions of about 30 MB (unpacked, about 80 to 120 MB), as small as the slim images made from them. */
const smallDistributions = new Set(['debian', 'ubuntu', 'alpine', 'busybox']);

/** The image ends on a small base. */
export function minimalBase(look: Look): Answer {
  const ids = ['dockerfile/heavy-base'];
  return weigh(
    ask(built(look), (service) => {
      const faults = imageFaults(look, service, { ids });
      if (faults.length > 0) return faults;
      const { image } = service;
      const at = image.stage?.from.span;
      const { base, facts } = image;
      if (facts?.buildStageOnly)
        return part(look, 'fail', service, `: ${base?.text} is an image to build with, not to run`, at);
      const isSmall =
        image.isScratch ||
        (base !== undefined && small.test(`${base.name}:${base.tag ?? ''}`)) ||
        (facts !== undefined &&
          (smallDistributions.has(facts.image) || (facts.sizeMegabytes ?? Number.POSITIVE_INFINITY) <= 250));
      if (isSmall) return part(look, 'pass', service, ['ends on a small base', 'end on a small base'], at);
      // nginx, postgres: the server's own image, and what it holds is what it needs.
      if (facts && !['base', 'language', 'build'].includes(facts.kind))
        return part(look, 'pass', service, `: ${base?.text} is the image of what it runs`, at);
      return part(
        look,
        'open',
        service,
        `: nothing says how large ${base?.text ?? 'the base'} is, or whether there is a smaller one`,
        at,
      );
    }),
    'no image is built here',
  );
}

/** Each base comes from somebody known. The rule is a guess, so a person has the last word. */
export function trustedBases(look: Look): Answer {
  const ids = ['dockerfile/unvetted-base'];
  return weigh(
    ask(built(look), (service) => {
      const unread = unreadable(look, service) ?? unheard(look, service, { ids })[0];
      if (unread) return unread;
      const unlisted = faultsOf(look, service, { ids: ['project/unlisted-registry'] });
      if (unlisted.length > 0) return unlisted;
      const stranger = look.byService.get(service.name)?.find(({ rule }) => rule === ids[0]);
      if (stranger)
        return {
          state: 'open' as const,
          name: nameOf(service),
          words: `: ${stranger.message}; a person must vouch for it`,
          at: `${stranger.file}:${stranger.span.start.line}`,
        };
      const unknown = service.build?.dockerfile?.stages.find(
        ({ isUsed, from }) => isUsed && !from.stage && !from.isScratch && !from.reference,
      );
      if (unknown)
        return part(
          look,
          'open',
          service,
          `: nothing here says which image "${unknown.from.written}" is`,
          unknown.from.span,
        );
      return part(
        look,
        'pass',
        service,
        ['has bases of known publishers', 'have bases of known publishers'],
        service.image.stage?.from.span,
      );
    }),
    'no image is built here',
  );
}

/** The base still gets patches; that they are in the image, only a scan shows. */
export function patches(look: Look): Answer {
  const named = { ids: ['dockerfile/end-of-life-base', 'dockerfile/deprecated-image'] };
  const faults = ask(built(look), (service) => faultsOf(look, service, named));
  return weigh(
    faults.length > 0
      ? faults
      : ask(built(look), (service) =>
          part(look, 'open', service, ': only a scan of the built image shows which patches it has; none has run'),
        ),
    'no image is built here',
  );
}
