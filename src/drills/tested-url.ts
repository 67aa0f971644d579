import path from 'node:path';
import { programSources } from '../model/program-sources.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';

export interface TestedUrl {
  readonly isTls: boolean;
  readonly port: number | undefined;
  readonly path: string;
}

/** The address that the health test asks: `curl -f http://localhost:3000/health`, or what a script asks that it calls. */
export function testedUrl(service: Service, project: Project): TestedUrl | undefined {
  const { healthcheck } = service;
  if (healthcheck.kind !== 'test') return undefined;
  const words = healthcheck.test.words.map((word) => word.text).join(' ');
  return urlIn(words) ?? scriptUrl(words, service, project);
}

export function urlIn(text: string): TestedUrl | undefined {
  const url = /https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0)(?::(\d{1,5}))?(\/[^\s'"`)?#|;]*)?/.exec(text);
  if (url) {
    const port = url[1] === undefined ? undefined : Number(url[1]);
    return { isTls: url[0].startsWith('https'), port, path: url[2] ?? '/' };
  }
  // `GET /health HTTP/1.0`, or the options of a client: { port: 3000, path: '/health' }.
  const route = /(?:\b(?:GET|HEAD) |\bpath['"]?\s*[:=]\s*['"])(\/[^\s'"?#]*)/.exec(text)?.[1];
  if (route === undefined) return undefined;
  const port = /\bport['"]?\s*[:=]\s*(\d{2,5})\b|\/dev\/tcp\/[^/\s]+\/(\d{2,5})/i.exec(text);
  return { isTls: /https/.test(text), port: port ? Number(port[1] ?? port[2]) : undefined, path: route };
}

/** `node healthcheck.js`: what that file asks. */
function scriptUrl(words: string, service: Service, project: Project): TestedUrl | undefined {
  for (const { path: file, text } of programSources(service, project))
    if (/health|probe|check/i.test(file) && words.includes(path.posix.basename(file))) return urlIn(text);
  return undefined;
}
