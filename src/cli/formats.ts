import type { Format } from '../report/format.ts';

/**
 * The formats for machines and pages, by the name `--format` knows them by, each loaded when it is asked for. Text is
 * not among them: it depends on the terminal. A new format is one line here.
 */
export const formats: Readonly<Record<string, () => Promise<Format>>> = {
  json: () => import('../report/json.ts').then(({ renderJson }) => renderJson),
  sarif: () => import('../report/sarif.ts').then(({ renderSarif }) => renderSarif),
  github: () => import('../report/github.ts').then(({ renderGithub }) => renderGithub),
  junit: () => import('../report/junit.ts').then(({ renderJunit }) => renderJunit),
  markdown: () => import('../report/markdown.ts').then(({ renderMarkdown }) => renderMarkdown),
  html: () => import('../report/html.ts').then(({ renderHtml }) => renderHtml),
};
