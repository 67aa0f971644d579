import type { Service } from '../model/service.ts';
import type { Span } from '../vocabulary/span.ts';

/**
 * Whom a message speaks of: `"api"`, or `The image` where the place is a line of a Dockerfile, which several services
 * may share (the judge then merges their findings into one).
 */
export function subject(service: Service, at: Span): string {
  return isInDockerfile(service, at) ? 'The image' : `"${service.name}"`;
}

/** As `subject`, for the middle of a sentence: `of "api"`, `of the image`. */
export function object(service: Service, at: Span): string {
  return isInDockerfile(service, at) ? 'the image' : `"${service.name}"`;
}

/** Where to point for what the image lacks: the FROM of the stage that is built, else the Compose attribute. */
export function lackAt(service: Service, attribute: string): Span {
  return service.image.stage?.from.span ?? service.at(attribute);
}

function isInDockerfile(service: Service, at: Span): boolean {
  return service.compose === undefined || at.file === service.build?.dockerfile?.file;
}
