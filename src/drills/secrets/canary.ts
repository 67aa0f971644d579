/** Shorter ones would be found by chance. */
const shortest = 12;

/**
 * A random text of the same shape: letters for letters, digits for digits, all else as it is, so that what checks the
 * form of a secret (hexadecimal, UUID, base64, the prefix of an issuer) takes it. Repeated until it is long enough to be
 * found nowhere by chance.
 */
export function canaryFor(secret: string, random: () => number = Math.random): string {
  const shape = secret.length >= shortest ? secret : secret.repeat(Math.ceil(shortest / Math.max(1, secret.length)));
  const isHex = /^[0-9a-f-]+$|^[0-9A-F-]+$/.test(secret);
  const prefix = /^(?:[A-Za-z]{2,8}[-_]){1,3}(?=[A-Za-z0-9]{8})/.exec(shape)?.[0] ?? '';
  const one = (alphabet: string) => alphabet[Math.floor(random() * alphabet.length)] ?? 'a';
  const rest = shape.slice(prefix.length).replace(/[a-z]|[A-Z]|\d/g, (character) => {
    // A number that began with something else than 0 goes on doing so, and some read 0755 as octal.
    if (/\d/.test(character)) return one(character === '0' ? '0123456789' : '123456789');
    if (/[a-z]/.test(character)) return one(isHex ? 'abcdef' : 'abcdefghijklmnopqrstuvwxyz');
    return one(isHex ? 'ABCDEF' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ');
  });
  return `${prefix}${rest}`;
}

/**
 * All forms in which a text may stand in another: as it is, and within base64, whose letters depend on where it begins
 * (three ways; the letters that depend on its neighbours are left out).
 */
export function formsOf(text: string): readonly string[] {
  const forms = [text, encodeURIComponent(text), JSON.stringify(text).slice(1, -1)];
  for (const before of [0, 1, 2]) {
    const encoded = Buffer.from(`${'x'.repeat(before)}${text}`)
      .toString('base64')
      .replace(/=+$/, '');
    const core = encoded.slice(before === 0 ? 0 : before + 1, -2);
    if (core.length >= shortest) forms.push(core);
  }
  return [...new Set(forms)];
}
