import { formsOf } from './canary.ts';

/** Where a secret was seen, by the name it is given under; never the secret itself. */
export interface Trace {
  readonly secret: string;
  /** `its environment, which docker inspect shows`. */
  readonly place: string;
}

/** What is looked for: names by the text. */
export interface Wanted {
  readonly name: string;
  readonly text: string;
}

/** Looks for secrets in one text after another. */
export class Search {
  readonly #wanted: readonly { readonly name: string; readonly forms: readonly string[] }[];
  readonly #seen = new Map<string, Trace>();

  constructor(wanted: readonly Wanted[]) {
    this.#wanted = wanted.map(({ name, text }) => ({ name, forms: formsOf(text) }));
  }

  in(place: string, text: string): void {
    for (const { name, forms } of this.#wanted)
      if (forms.some((form) => text.includes(form))) this.#seen.set(`${name}\n${place}`, { secret: name, place });
  }

  /** Every text of what the engine tells of a container. */
  inInspect(raw: unknown): void {
    const visit = (value: unknown, path: readonly string[]): void => {
      if (typeof value === 'string') this.in(placeInInspect(path, value), value);
      else if (Array.isArray(value)) for (const item of value) visit(item, path);
      else if (typeof value === 'object' && value !== null)
        for (const [key, inner] of Object.entries(value)) {
          this.in(`the name of ${path.join('.')}`, key);
          visit(inner, [...path, key]);
        }
    };
    visit(raw, []);
  }

  get traces(): readonly Trace[] {
    return [...this.#seen.values()];
  }
}

function placeInInspect(path: readonly string[], value: string): string {
  const at = path.join('.');
  if (at === 'Config.Env')
    return `its environment (docker inspect: ${value.slice(0, Math.max(0, value.indexOf('=')))})`;
  if (/^(?:Path|Args|Config\.(?:Cmd|Entrypoint))$/.test(at)) return 'its command line (docker inspect)';
  if (at.startsWith('Config.Labels.')) return `its label ${path[2]}`;
  if (at === 'Config.Healthcheck.Test') return 'its health test (docker inspect)';
  if (at.startsWith('State.Health.Log')) return 'the log of its health test';
  return `docker inspect: ${at}`;
}
