import type { ImagePlan, ServicePlan } from '../../stack/plan.ts';

/**
 * What is built gets a name of this run, and whoever is made from another's image follows. Names of the user's are never
 * moved: nothing is pulled that is there already, and no build pulls its base anew.
 */
export function ownImages(services: readonly ServicePlan[], runId: string): ServicePlan[] {
  const built = new Map<string, ImagePlan>();
  for (const { name, image } of services) {
    if (!image.build) continue;
    const build = { ...image.build, tags: [], pull: false };
    const own: ImagePlan = { name: tagOf(name, runId, built), platform: image.platform, pull: image.pull, build };
    built.set(`service ${name}`, own);
    // The first that builds an image is who others get it from.
    if (!built.has(`image ${image.name}`)) built.set(`image ${image.name}`, own);
  }
  return services.map((service) => {
    const { name, image, body } = service;
    const own = built.get(`service ${name}`) ?? (image.build ? undefined : built.get(`image ${image.name}`));
    const chosen = calm(own ?? image);
    return { ...service, image: chosen, body: { ...body, Image: chosen.name } };
  });
}

/** Tags are of small letters, services need not be. */
function tagOf(service: string, runId: string, built: ReadonlyMap<string, ImagePlan>): string {
  const taken = new Set([...built.values()].map(({ name }) => name));
  const plain = `seaworthy-drill-${runId}-${service.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`.replace(/-$/, '');
  for (let number = 1; ; number++) {
    const tag = number === 1 ? plain : `${plain}-${number}`;
    if (!taken.has(tag)) return tag;
  }
}

function calm({ refreshAfterMs: _old, ...image }: ImagePlan): ImagePlan {
  return image.pull === 'always' ? { ...image, pull: 'missing' } : image;
}
