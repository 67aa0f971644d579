import { hardCodedSecret } from '../../knowledge/hard-coded-secret.ts';
import { secretFile } from '../../knowledge/secret-files.ts';
import { credentialsInUrl } from '../../knowledge/url-credentials.ts';
import type { Project } from '../../model/project.ts';
import type { Service } from '../../model/service.ts';
import { secretsInEnvironment } from './given-secrets.ts';

/** No file of secrets is larger. */
const mostFileBytes = 2 ** 20;

/** Settings that a program reads at its start; texts for people, fixtures and lock files are called otherwise. */
const settingsFile =
  /(?:^|\/)(?:app|appsettings|application|config|configuration|database|db|settings|production|prod)(?:[.-][\w-]+){0,2}\.(?:json|ya?ml|ini|toml|properties|conf|cfg)$/i;
const notOurs = /(?:^|\/)(?:vendor|tests?|fixtures|__tests__|examples?|locales?|i18n)\//;

/** Files of secrets that the build is sent: keys, and files of variables or settings with a secret in them. */
export function secretFilesInContext(
  service: Service,
  project: Project,
): { readonly path: string; readonly what: string; readonly content: Buffer }[] {
  const dockerfile = service.build?.dockerfile;
  const context = dockerfile && project.contextOf(dockerfile);
  if (!context) return [];
  return context.entries().flatMap(({ path }) => {
    if (/(?:^|\/)node_modules\//.test(path)) return [];
    const isSettings = settingsFile.test(path) && !notOurs.test(path);
    if (!isSettings && !secretFile(path)) return [];
    const text = context.text(path);
    if (text === undefined || text.length > mostFileBytes) return [];
    const told = (what: string) => [{ path, what, content: Buffer.from(text) }];
    const sure = secretFile(path, text);
    if (sure && (sure.confidence === 'certain' || holdsSecret(text))) return told(sure.what);
    return isSettings && settingsHoldSecret(text) ? told('settings with a secret in them') : [];
  });
}

function holdsSecret(text: string): boolean {
  return [...text.matchAll(/^[ \t]*(?:export[ \t]+)?([\w.-]{1,100})[ \t]*[=:][ \t]*(.{1,4000})$/gm)].some(
    ([, name = '', value = '']) => {
      const bare = value.trim().replace(/^(["'])(.*)\1$/, '$2');
      return hardCodedSecret(name, bare) !== undefined || credentialsInUrl(bare) !== undefined;
    },
  );
}

/** `"password": "x"`, `password: x`, `password = x`, wherever it stands; never what everybody knows, nor what has blanks. */
function settingsHoldSecret(text: string): boolean {
  const pair =
    /["']?([A-Za-z][\w.-]{0,100})["']?[ \t]*[=:][ \t]*(?:"([^"\n]{8,400})"|'([^'\n]{8,400})'|([^\s"',;#{[]{8,400}))/g;
  return [...text.matchAll(pair)].some(([, name = '', double, single, bare]) => {
    const value = double ?? single ?? bare ?? '';
    const isSet = hardCodedSecret(name, value) !== undefined && !/\s/.test(value);
    return isSet && secretsInEnvironment([`${name}=${value}`]).some(({ distinct }) => distinct);
  });
}
