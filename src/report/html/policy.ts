/** SHA-256 of the style and of the script, so that nothing that got into the page could run or be shown in their stead. */
const styleHash = 'O7rA5IxOUFlp9nnJ5A9X++FicNLaVf2mXl2EBLB4UGY=';
const scriptHash = 'v89aYa0PF3sL+3i+b/N04QULTj0h6Ct7y3GzpmsPhXo=';

/** Nothing may be loaded, sent or framed; the empty icon keeps a browser from asking for one. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  `script-src 'sha256-${scriptHash}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
