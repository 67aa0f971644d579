import type { LanguageCommand } from '../model/image/language-packages.ts';

/** The command installs what a manifest names, rather than packages named on its command line. */
export function installsManifest({ manager, verb, operands, options }: LanguageCommand): boolean {
  const { flags } = options;
  if (flags.has('--version') || flags.has('--help') || flags.has('-v') || flags.has('-h')) return false;
  const bare = operands.length === 0;
  switch (manager) {
    case 'npm':
      return (
        bare && !isGlobal(flags) && ['install', 'i', 'in', 'ci', 'clean-install', 'install-clean', 'ic'].includes(verb)
      );
    case 'yarn':
      return bare && (verb === '' || verb === 'install');
    case 'pnpm':
      return bare && !isGlobal(flags) && (verb === 'install' || verb === 'i' || verb === 'ci');
    case 'bun':
      return bare && !isGlobal(flags) && (verb === 'install' || verb === 'i' || verb === 'ci');
    case 'bundle':
      return verb === '' || verb === 'install';
    case 'composer':
      return verb === 'install' || verb === 'i' || (verb === 'update' && bare);
    case 'poetry':
      return verb === 'install' || verb === 'sync';
    case 'pipenv':
      return (verb === 'install' && bare) || verb === 'sync';
    case 'uv':
      return verb === 'sync';
    case 'cargo':
      return verb === 'build' || (verb === 'install' && flags.has('--path'));
    default:
      return false;
  }
}

function isGlobal(flags: ReadonlyMap<string, unknown>): boolean {
  return flags.has('-g') || flags.has('--global');
}
