/**
 * What is to be written into a YAML file. Texts are meant as they stand: a `$` is doubled, so that Compose does not
 * take it for a variable; `asTemplate` leaves it alone. Lists and mappings become blocks; `inOneLine` writes them as
 * `[a, b]`.
 */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value } | Marked;

type Marked = OneLine | Template | AliasTo;

export class OneLine {
  readonly value: Value;
  constructor(value: Value) {
    this.value = value;
  }
}

export class Template {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export class AliasTo {
  readonly anchor: string;
  constructor(anchor: string) {
    this.anchor = anchor;
  }
}

/** `*logging`: what stands at that anchor. */
export function aliasTo(anchor: string): Value {
  return new AliasTo(anchor);
}

export function inOneLine(value: Value): Value {
  return new OneLine(value);
}

/** Text in which `${NAME}` is a variable of Compose. */
export function asTemplate(text: string): Value {
  return new Template(text);
}
