/** SHA-256 of the style and of the script, so that nothing that got into the page could run or be shown in their stead. */
const styleHash = 'UWU9nYJnAq+Vlz+rnLNQeFYyMCZhRnTGYxeNVK4MkGA=';
const scriptHash = '8ezejNyy0ZXwT5ZkzqCivSASM/jfhVXBCu5wFgl8jSU=';

/** Nothing may be loaded, sent or framed; the empty icon keeps a browser from asking for one. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  `script-src 'sha256-${scriptHash}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
