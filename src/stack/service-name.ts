import { normalizeProjectName } from '../model/compose/project-name.ts';
import type { Service } from '../model/service.ts';

/** What a plan calls a service: its key in the Compose file; a lone Dockerfile's may be named for a folder, `apps/api`. */
export function planName(service: Service): string {
  if (service.compose) return service.name;
  return normalizeProjectName(service.name.replaceAll('/', '-')) || 'app';
}
