import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { mainCommand } from '../model/service-role.ts';

/** The text of the script that `npm start`, `yarn serve` or `pnpm run prod` stands for, by the context's package.json. */
export function startScript(service: Service, project: Project): string | undefined {
  const main = mainCommand(service.process.commands);
  if (!main || !/^(?:npm|yarn|pnpm|bun)$/.test(main.name ?? '')) return undefined;
  const name = main.words
    .slice(1)
    .map(({ text }) => text)
    .find((text) => !text.startsWith('-') && text !== 'run' && text !== 'run-script');
  return name === undefined ? undefined : scriptNamed(name, service, project);
}

/** A script of the package.json at the top of the build context. */
export function scriptNamed(name: string, service: Service, project: Project): string | undefined {
  const dockerfile = service.build?.dockerfile;
  const text = service.image.stage && dockerfile && project.contextOf(dockerfile)?.text('package.json');
  if (text === undefined || text.length > 1_000_000) return undefined;
  try {
    const manifest: unknown = JSON.parse(text);
    const scripts =
      typeof manifest === 'object' && manifest !== null && 'scripts' in manifest ? manifest.scripts : undefined;
    if (typeof scripts !== 'object' || scripts === null) return undefined;
    const script = new Map<string, unknown>(Object.entries(scripts)).get(name);
    return typeof script === 'string' ? script : undefined;
  } catch {
    return undefined; // Not JSON: npm will say so.
  }
}
