/** Colours and text of every page of ours, light and dark. Change it, and each page's policy must name its new hash: a test says which. */
export const baseStyle = `
:root{--bg:#f6f8fa;--card:#fff;--ink:#16202b;--faint:#52606d;--line:#cfd8e1;--band:#eaf0f5;--link:#0b5cad;--mark:#ffe08a;--mark-ink:#16202b;
--critical:#9b0b2b;--critical-bg:#fde4e9;--high:#963c05;--high-bg:#ffe9d6;--medium:#6f5200;--medium-bg:#fdf2c4;--low:#34506b;--low-bg:#e1ebf4;--good:#11602f;--good-bg:#dcf5e4;
--n0:#0b6bcb;--n1:#0c7a53;--n2:#8a3ffc;--n3:#a8480a;--n4:#b0157b;--n5:#51606e}
@media screen and (prefers-color-scheme:dark){:root{--bg:#0e151c;--card:#17212b;--ink:#e8eef4;--faint:#a3b1bf;--line:#32414f;--band:#121b24;--link:#7cbcff;--mark:#6b5310;--mark-ink:#fff3cf;
--critical:#ff9db0;--critical-bg:#521222;--high:#ffb784;--high-bg:#4b260c;--medium:#f2d263;--medium-bg:#3e3208;--low:#b0cce8;--low-bg:#21364a;--good:#7fdba0;--good-bg:#12391f;
--n0:#68b2ff;--n1:#57cf9f;--n2:#c19bff;--n3:#f3a163;--n4:#ff8fd0;--n5:#a9b8c6}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:3.2rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif;overflow-wrap:anywhere}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
header,main,footer,nav{max-width:1240px;margin:0 auto;padding:0 1rem}
.skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:.5rem;background:var(--card);padding:.5rem;z-index:9}
header{padding-top:1.4rem}
.brand{margin:0;color:var(--faint);font-size:.9rem;letter-spacing:.02em}
h1{margin:.1rem 0 .2rem;font-size:clamp(1.7rem,5.5vw,3rem);line-height:1.12;letter-spacing:-.02em}
.bad h1{color:var(--critical)}.warn h1{color:var(--medium)}.good h1{color:var(--good)}
.advice{margin:0 0 1rem;font-size:1.08rem;max-width:52rem;text-wrap:balance}
h2{font-size:1.35rem;margin:0 0 .7rem;letter-spacing:-.01em}h3{margin:.5rem 0}
section{margin:2.2rem 0}
.faint,.seen{color:var(--faint)}
`;
